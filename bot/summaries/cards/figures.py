"""What a number was counted from: a list that turns its pages, each visit opening."""

from bot.core.card import Button, Card, Rows, grid
from bot.core.rendering import brief, number, render
from bot.summaries.facts.figures import Behind
from bot.summaries.rules.figures import Figure

PER_PAGE = 10


def behind(facts: Behind) -> Card:
    """One page."""
    text = render(
        "figure/behind",
        f=facts,
        value=_measured(facts.figure, facts.value),
        sent="" if facts.sent is None else _measured(facts.figure, facts.sent),
        first=facts.page * PER_PAGE + 1,
    )
    back = Button("« Quay lại", f"sum:part:{facts.obligation_id}:{facts.figure.part}")
    return Card(
        text,
        (*_opened(facts), *_halves(facts), *_turn(facts), *_whole(facts), *_fix(facts), (back,)),
    )


def _whole(facts: Behind) -> Rows:
    if not facts.entries:
        return ()
    data = f"fig:x:{facts.obligation_id}:{facts.figure.key}"
    return ((Button("📥 Tải xlsx", data),),)


def _fix(facts: Behind) -> Rows:
    if not facts.may_correct:
        return ()
    return ((Button("✏️ Sửa số này", f"sum:fix:{facts.obligation_id}:{facts.figure.key}"),),)


def where(facts: Behind) -> str:
    """The data of the button that leads to this page."""
    return _to(facts, facts.figure, facts.page)


def _to(facts: Behind, figure: Figure, page: int) -> str:
    return f"fig:{facts.obligation_id}:{figure.key}:{page}"


def _measured(figure: Figure, value: int | None) -> str:
    if value is None:
        return "—"
    return f"{number(value)}%" if figure.measure == "%" else f"{number(value)} {figure.measure}"


def _opened(facts: Behind) -> Rows:
    """Visits that may be opened; they lead back here."""
    buttons = [
        Button(f"{n}. {_place(entry.head)}", f"ov:v:{entry.visit_id}:0:0:{where(facts)}")
        for n, entry in enumerate(facts.entries, facts.page * PER_PAGE + 1)
        if entry.visit_id is not None
    ]
    return grid(buttons, 2)


def _place(head: str) -> str:
    """Of "03/11/2026 · Giày Tân Lúa" what fits half a narrow screen; the day is in the text."""
    return brief(head.split(" · ", 1)[-1], 22)


def _halves(facts: Behind) -> Rows:
    if facts.shared is None:
        return ()
    figures = (facts.shared.part, facts.shared.whole)
    return tuple((Button(figure.label, _to(facts, figure, 0)),) for figure in figures)


def _turn(facts: Behind) -> Rows:
    buttons = []
    if facts.page:
        buttons.append(Button("‹ Trước", _to(facts, facts.figure, facts.page - 1)))
    if facts.page + 1 < facts.pages:
        buttons.append(Button("Tiếp ›", _to(facts, facts.figure, facts.page + 1)))
    return (tuple(buttons),) if buttons else ()
