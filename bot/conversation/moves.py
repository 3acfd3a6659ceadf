"""Back, skip, open again: where a draft goes when no question is answered."""

from bot.conversation.form import Form, Step
from storage.models import Draft

BEFORE = "_before"  # in a draft's `about`: what steps opened on the review held


def move(form: Form, draft: Draft, option: str) -> None:
    """Back, skip, or open a step again; anything else leaves the draft as it is."""
    step = form.current(draft)
    if option == "back":
        if not _close(draft, step):
            _step_back(form, draft)
    elif option == "skip" and step and step.optional:
        draft.answers = {**draft.answers, step.key: None}
        draft.trail = [*(key for key in draft.trail if key != step.key), step.key]
    elif option.startswith("open.") and (step := form.step(option.removeprefix("open."))):
        if step.key in draft.answers:
            before = {**draft.about.get(BEFORE, {}), step.key: draft.answers[step.key]}
            draft.about = {**draft.about, BEFORE: before}
        _reopen(draft, step.key)
        if step in form.extras:
            draft.opened = [*(key for key in draft.opened if key != step.key), step.key]


def _close(draft: Draft, step: Step | None) -> bool:
    """Back from a step opened on the review: it holds again what it held, and a list what it has
    got. False: the step was not opened there.
    """
    before = draft.about.get(BEFORE, {})
    if step is None or (step.key not in before and step.key not in draft.opened):
        return False
    value = draft.answers.get(step.key)
    if isinstance(value, dict) and value.get("pieces"):
        held = {**value, "done": True}
    else:
        held = before.get(step.key)
    keep = {k: v for k, v in draft.answers.items() if k != step.key}
    nothing = held is None and step.key not in before
    draft.answers = keep if nothing else {**keep, step.key: held}
    draft.opened = [key for key in draft.opened if key != step.key]
    draft.about = {**draft.about, BEFORE: {k: v for k, v in before.items() if k != step.key}}
    return True


def _step_back(form: Form, draft: Draft) -> None:
    """Ask again what was answered last; what no longer applies is passed over."""
    trail = list(draft.trail)
    while trail:
        step = form.step(trail.pop())
        if step and step.key in draft.answers and step.when(draft.answers):
            _reopen(draft, step.key)
            draft.sources = {m: key for m, key in draft.sources.items() if key != step.key}
            draft.opened = [key for key in draft.opened if key != step.key]
            break
    draft.trail = trail


def _reopen(draft: Draft, key: str) -> None:
    """Ask a step again. What a list already holds stays; everything else is answered anew."""
    value = draft.answers.get(key)
    keep = {k: v for k, v in draft.answers.items() if k != key}
    if isinstance(value, dict) and "done" in value:
        keep[key] = {**value, "done": False}
    draft.answers = keep
