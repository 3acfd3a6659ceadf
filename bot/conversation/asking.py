"""A tap that decides something official, tells many or cannot be taken back asks once more first.

`asked_first` in place of `button`: the first tap shows the question, with what will be done on one
button and "« Thôi" on the other; the second does it.
"""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from bot.conversation.reply import Reply, show
from bot.conversation.request import Request
from bot.conversation.router import Handle, Route, button
from bot.core.card import Button, Card
from bot.core.rendering import on_button, render

SURE = ":sure"


@dataclass(frozen=True)
class Decision:
    """`asks`: what is about to be done, in plain words; `yes`: the button that does it; `back`: the
    data of the button that leads back to where it was pressed.
    """

    asks: str
    yes: str
    back: str


Ask = Callable[[Request], Awaitable[Decision]]


def asked_first(pattern: str, ask: Ask, handle: Handle) -> tuple[Route, Route]:
    """The two taps. `ask` raises Refused where nothing is to be decided any more."""

    async def first(request: Request) -> Reply:
        question = await ask(request)
        return show(
            Card(
                render("form/sure", asks=question.asks),
                (
                    (Button(on_button(question.yes), f"{request.button}{SURE}"),),
                    (Button("« Thôi", question.back),),
                ),
            )
        )

    return button(pattern, first), button(pattern + SURE, handle)
