"""A draft as a card: the question that is open, or the review of everything answered."""

from collections.abc import Mapping, Sequence

from bot.conversation.form import Form, Moment, Option, Step
from bot.conversation.kinds import Picked
from bot.conversation.moves import can_go_back
from bot.core.card import Button, Card, Rows, grid
from bot.core.rendering import capital, render
from storage.models import Draft

PREFIX = "f"
MENU = "-"  # stands in a button's data where a step's key would
CHANGE, ADD, CANCEL = "change", "add", "cancel"
UNCHANGED_LINES = "kept"  # in a draft's `about`: (label, words) of what stays whatever is answered


def card(
    form: Form,
    draft: Draft,
    step: Step | None,
    choices: Sequence[Option],
    at: Moment,
    page: str = "",
    names: Mapping[str, str] | None = None,
    note: str = "",
) -> Card:
    """The card of a draft; `page` picks one of the lists behind the review's buttons. `note` says
    what became of the message just sent.
    """
    names = {"name": draft.about.get("name", ""), **(names or {})}
    if page == CANCEL:
        return _cancelling(form, draft, names)
    if step is not None:
        return _question(form, draft, step, choices, at, names, note)
    who = capital(form.who)
    if page == CHANGE:
        return _list(form, draft, f"{who} muốn sửa phần nào?", form.answered(draft), names)
    if page == ADD:
        skipped = [
            s
            for s in form.steps
            if s.optional and s.when(draft.answers) and draft.answers.get(s.key) is None
        ]
        more = (*skipped, *(s for s in form.extras if s.when(draft.answers)))
        return _list(form, draft, f"{who} muốn bổ sung phần nào?", more, names, "✔️ Xong")
    return _review(form, draft, names, note)


def _question(
    form: Form,
    draft: Draft,
    step: Step,
    choices: Sequence[Option],
    at: Moment,
    names: Mapping[str, str],
    note: str,
) -> Card:
    value = draft.answers.get(step.key)
    rows = [[*row] for row in step.kind.options(value, at)] + [[option] for option in choices]
    applicable = [s for s in form.steps if s.when(draft.answers)]
    counted = form.numbered and len(applicable) > 1 and step in applicable
    if not choices and isinstance(step.kind, Picked) and value and value["query"]:
        note = step.kind.nothing.format(value["query"])
    text = render(
        "form/question",
        title=form.title,
        name=names["name"],
        place=applicable.index(step) + 1 if counted else None,
        total=len(applicable),
        note=note,
        ask=" ".join(filter(None, (step.kind.asks(value) or step.ask, step.kind.typed))),
        so_far=step.kind.show(value) if isinstance(value, dict) and value.get("pieces") else "",
    )
    pressed = tuple(
        tuple(Button(o.label, data(draft, MENU if o.menu else step.key, o.key)) for o in row)
        for row in rows
    )
    return Card(text, (*pressed, _navigation(form, draft, step)))


def _navigation(form: Form, draft: Draft, step: Step) -> tuple[Button, ...]:
    buttons = []
    if can_go_back(form, draft):
        buttons.append(menu(draft, "« Quay lại", "back"))
    if step.optional:
        buttons.append(menu(draft, "Bỏ qua", "skip"))
    buttons.append(menu(draft, "✖️ Hủy", CANCEL))
    return tuple(buttons)


def _review(form: Form, draft: Draft, names: Mapping[str, str], note: str) -> Card:
    answered = [
        (s.label, names.get(s.key) or s.kind.show(draft.answers[s.key]))
        for s in form.answered(draft)
    ]
    text = render(
        "form/review",
        title=form.title,
        name=names["name"],
        answered=[*answered, *draft.about.get(UNCHANGED_LINES, [])],
        note=note,
        who=capital(form.who),
    )
    second = [menu(draft, "✏️ Sửa", CHANGE)]
    if form.extras:
        second.append(menu(draft, "➕ Bổ sung", ADD))
    return Card(
        text,
        (
            (menu(draft, form.send_label, "send"),),
            tuple(second),
            (menu(draft, "✖️ Hủy", CANCEL),),
        ),
    )


def _list(
    form: Form,
    draft: Draft,
    ask: str,
    steps: Sequence[Step],
    names: Mapping[str, str],
    leave: str = "« Quay lại",
) -> Card:
    text = render(
        "form/question",
        title=form.title,
        name=names["name"],
        place=None,
        total=0,
        note="",
        ask=ask,
        so_far="",
    )
    answered = {s.key for s in form.answered(draft)}
    buttons = [
        menu(draft, f"{'✓ ' if s.key in answered else ''}{s.label}", f"open.{s.key}") for s in steps
    ]
    back: Rows = ((menu(draft, leave, "review"),),)
    return Card(text, (*grid(buttons, 2), *back))


def _cancelling(form: Form, draft: Draft, names: Mapping[str, str]) -> Card:
    text = render("form/cancel", title=form.title, name=names["name"], who=form.who)
    return Card(
        text,
        (
            (menu(draft, "Không, làm tiếp", "review"),),
            (menu(draft, "Hủy, bỏ phần đã nhập", "drop"),),
        ),
    )


def data(draft: Draft, step: str, option: str) -> str:
    """A button's data: draft, step and option."""
    return f"{PREFIX}:{draft.id}:{step}:{option}"


def menu(draft: Draft, label: str, option: str) -> Button:
    return Button(label, data(draft, MENU, option))
