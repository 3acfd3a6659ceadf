"""A draft as a card: the question that is open, or the review of everything answered."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from bot.conversation.form import Form, Moment, Option, Step
from bot.conversation.kinds import Checklist, Picked
from bot.conversation.moves import ADD, BEFORE, CANCEL, CHANGE, can_go_back
from bot.core.card import Button, Card, Rows, grid
from bot.core.rendering import capital, render
from storage.models import Draft

PREFIX = "f"
MENU = "-"  # stands in a button's data where a step's key would
PUT_IN, PUT_AWAY, DROP = "put", "away", "drop"
HELD = "_held"  # in a draft's `about`: messages that came when it had been left lying
OFFERED = "_offered"  # the same, where the form was only begun to ask whether they belong to it
MAX_LABEL = 40
WORDS_BEFORE = "asked"  # in a draft's `about`: the words of others that it answers
STANDS = "stands"  # in a draft's `about`: step -> what stands now, in words; "": nothing
UNCHANGED_LINES = "kept"  # in a draft's `about`: (label, words) of what stays whatever is answered


@dataclass(frozen=True)
class OpenForm:
    """A draft and what its cards say besides. `names`: step -> the name behind the id that it
    holds, and "name", whom or what the form is about. `note`: what became of the message just sent.
    """

    form: Form
    draft: Draft
    at: Moment
    names: Mapping[str, str] = field(default_factory=dict)
    note: str = ""

    @property
    def name(self) -> str:
        about: str = self.draft.about.get("name", "")
        return self.names.get("name", about)


def card(
    opened: OpenForm, step: Step | None, choices: Sequence[Option] = (), page: str = ""
) -> Card:
    """The card of a draft; `page` picks one of the lists behind the review's buttons."""
    form, draft = opened.form, opened.draft
    if page == CANCEL:
        return _cancelling(opened)
    if draft.about.get(HELD):
        return _where_to(opened)
    if step is not None:
        return _question(opened, step, choices)
    who = capital(form.who)
    if page == CHANGE:
        return _list(opened, f"{who} muốn sửa phần nào?", form.answered(draft))
    if page == ADD:
        skipped = [
            s
            for s in form.steps
            if s.optional and s.when(draft.answers) and draft.answers.get(s.key) is None
        ]
        more = (*skipped, *(s for s in form.extras if s.when(draft.answers)))
        return _list(opened, f"{who} muốn bổ sung phần nào?", more, "✔️ Xong")
    return _review(opened)


def _where_to(opened: OpenForm) -> Card:
    """A message came to a form left lying: does it belong there?"""
    form, draft = opened.form, opened.draft
    text = render(
        "form/where_to",
        title=form.title,
        name=opened.name,
        words=[m["words"] or "" for m in draft.about[HELD]],
        who=capital(form.who),
        offered=bool(draft.about.get(OFFERED)),
    )
    label = f"💬 {form.title}" if draft.about.get(OFFERED) else f"✍️ Ghi vào: {form.title}"
    put_in = menu(draft, label[:MAX_LABEL], PUT_IN)
    away = menu(draft, "✖️ Bỏ tin này", PUT_AWAY)
    return Card(text, ((put_in,), (Button("↪️ Việc khác", f"loose:{draft.id}"), away)))


def _question(opened: OpenForm, step: Step, choices: Sequence[Option]) -> Card:
    form, draft, note = opened.form, opened.draft, opened.note
    value = draft.answers.get(step.key)
    rows = [[*row] for row in step.kind.options(value, opened.at)]
    rows += [[option] for option in choices]
    questions = [s for s in form.steps if s.when(draft.answers) and _is_asked(draft, s, step)]
    counted = form.numbered and len(questions) > 1 and step in questions
    if not choices and isinstance(step.kind, Picked) and value and value["query"]:
        note = step.kind.nothing.format(value["query"])
    text = render(
        "form/question",
        title=form.title,
        name=opened.name,
        place=questions.index(step) + 1 if counted else None,
        total=len(questions),
        note=note,
        ask=" ".join(filter(None, (step.kind.asks(value) or step.ask, step.kind.typed))),
        so_far=_so_far(opened, step),
        asked=draft.about.get(WORDS_BEFORE, ""),
    )
    pressed = tuple(
        tuple(Button(o.label, data(draft, MENU if o.menu else step.key, o.key)) for o in row)
        for row in rows
    )
    leaves = step.hidden and any(o.menu and o.key == DROP for row in rows for o in row)
    below = tuple(_navigation(form, draft, step, leaves))
    return Card(text, (*pressed, below) if below else pressed)


def _is_asked(draft: Draft, step: Step, current: Step) -> bool:
    """Whether the person meets this question; what was there from the beginning is no step."""
    return step is current or step.key in draft.trail or step.key not in draft.answers


def _so_far(opened: OpenForm, step: Step) -> str:
    """What a list has got; of a step opened on the review what it says until it is answered; what
    stands now where the form changes it."""
    value = opened.draft.answers.get(step.key)
    if isinstance(value, dict) and value.get("pieces"):
        return step.kind.show(value)
    before = opened.draft.about.get(BEFORE, {}).get(step.key)
    if step.sealed or step.hidden or isinstance(step.kind, Checklist):
        return ""
    if before is None:
        stands = opened.draft.about.get(STANDS, {}).get(step.key)
        return f"Hiện nay: {stands}" if stands else ""
    return f"Đang ghi: {opened.names.get(step.key) or step.kind.show(before)}"


def _navigation(form: Form, draft: Draft, step: Step, leaves: bool) -> Iterator[Button]:
    """`leaves`: to say no here ends the form; a second way out would say the same."""
    if can_go_back(form, draft):
        yield menu(draft, "« Quay lại", "back")
    if step.optional:
        yield menu(draft, "Bỏ qua", "skip")
    if not leaves:
        yield menu(draft, "✖️ Giữ nguyên" if keeps(form, draft, step) else "✖️ Hủy", CANCEL)


def keeps(form: Form, draft: Draft, step: Step) -> bool:
    """Whether to leave the form is to keep what it would change: it has no other question."""
    return len(form.steps) == 1 and bool(draft.about.get(STANDS, {}).get(step.key))


def _review(opened: OpenForm) -> Card:
    form, draft = opened.form, opened.draft
    answered = [
        (s.label, opened.names.get(s.key) or s.kind.show(draft.answers[s.key]))
        for s in form.answered(draft)
    ]
    text = render(
        "form/review",
        title=form.title,
        name=opened.name,
        answered=[*answered, *draft.about.get(UNCHANGED_LINES, [])],
        note=opened.note,
        who=capital(form.who),
        send=re.sub(r"^\W+", "", form.send_label),
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


def _list(opened: OpenForm, ask: str, steps: Sequence[Step], leave: str = "« Quay lại") -> Card:
    form, draft = opened.form, opened.draft
    text = render(
        "form/question",
        title=form.title,
        name=opened.name,
        place=None,
        total=0,
        note="",
        ask=ask,
        so_far="",
        asked="",
    )
    answered = {s.key for s in form.answered(draft)}
    buttons = [
        menu(draft, f"{'✓ ' if s.key in answered else ''}{s.label}", f"open.{s.key}") for s in steps
    ]
    back: Rows = ((menu(draft, leave, "review"),),)
    return Card(text, (*grid(buttons, 2), *back))


def _cancelling(opened: OpenForm) -> Card:
    form, draft = opened.form, opened.draft
    text = render("form/cancel", title=form.title, name=opened.name, who=form.who)
    return Card(
        text,
        (
            (menu(draft, "Không, làm tiếp", "review"),),
            (menu(draft, "Hủy, bỏ phần đã nhập", DROP),),
        ),
    )


def data(draft: Draft, step: str, option: str) -> str:
    """A button's data: draft, step and option."""
    return f"{PREFIX}:{draft.id}:{step}:{option}"


def menu(draft: Draft, label: str, option: str) -> Button:
    return Button(label, data(draft, MENU, option))
