"""A local Telegram: the Bot API, invented people, a clock that can be moved, and a web chat.

It knows nothing of the bot it serves; they meet over HTTP only.
"""

from bot.sandbox.app import DEFAULT_TOKEN, create_app
from bot.sandbox.serving import Served, serve

__all__ = ["DEFAULT_TOKEN", "Served", "create_app", "serve"]
