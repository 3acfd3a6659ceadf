"""Messages outside of any form."""

from bot.context import Context
from bot.forms.form import Given
from bot.handlers.home import home_card


async def outside_any_form(context: Context, given: Given) -> None:
    """Nothing is asked: show home."""
    await context.show(await home_card(context.work, context.actor, context.now))
