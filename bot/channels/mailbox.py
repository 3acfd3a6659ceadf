"""The web's door for notices: they lie in the outbox, and people find them under /hopthu or on the
page of their receipt. Nothing has to be sent.
"""

from bot.core.card import Card


class WebMailbox:
    """Takes every card: what is sent is what can be found."""

    async def send(self, mailbox: str, card: Card, lane: int) -> None:
        """Nothing to do."""
