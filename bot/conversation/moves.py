"""Back, skip, open again: where a draft goes when no question is answered."""

from bot.conversation.form import Form, Step
from storage.models import Draft

CHANGE, ADD, CANCEL = "change", "add", "cancel"  # lists and questions behind the review's buttons
BEFORE = "_before"  # in a draft's `about`: what steps opened on the review held


def move(form: Form, draft: Draft, option: str) -> str:
    """Back, skip, or open a step again; anything else leaves the draft as it is. The page behind
    the review that is shown next, where nothing is asked.
    """
    step = form.current(draft)
    if option == "back":
        return _back(form, draft, step)
    if option == "skip" and step and step.optional:
        draft.answers = {**draft.answers, step.key: None}
        draft.trail = [*(key for key in draft.trail if key != step.key), step.key]
    elif option.startswith("open.") and (step := form.step(option.removeprefix("open."))):
        if step.key in draft.answers:
            before = {**draft.about.get(BEFORE, {}), step.key: draft.answers[step.key]}
            draft.about = {**draft.about, BEFORE: before}
        _reopen(draft, step.key)
        if step in form.extras:
            draft.opened = [*(key for key in draft.opened if key != step.key), step.key]
    return option if option in (CHANGE, ADD, CANCEL) else ""


def _back(form: Form, draft: Draft, step: Step | None) -> str:
    """One question back: within the step, to the list that it was opened on, or to the step before
    it. The page to show.
    """
    if step and (value := step.kind.earlier(draft.answers.get(step.key))) is not None:
        draft.answers = {**draft.answers, step.key: value}
        return ""
    added = step is not None and step.key in draft.opened
    skipped = step is not None and draft.about.get(BEFORE, {}).get(step.key, step) is None
    if _close(draft, step):
        return ADD if added or skipped else CHANGE
    _step_back(form, draft)
    return ""


def can_go_back(form: Form, draft: Draft) -> bool:
    """Whether Back leads anywhere: out of what was opened on the review, or to an earlier step."""
    step = form.current(draft)
    within = step and step.kind.earlier(draft.answers.get(step.key)) is not None
    return bool(within or _was_opened(draft, step) or _back_to(form, draft))


def _was_opened(draft: Draft, step: Step | None) -> bool:
    before = draft.about.get(BEFORE, {})
    return step is not None and (step.key in before or step.key in draft.opened)


def _close(draft: Draft, step: Step | None) -> bool:
    """Back from a step opened on the review: it holds again what it held, and a list what it has
    got. False: the step was not opened there.
    """
    if step is None or not _was_opened(draft, step):
        return False
    before = draft.about.get(BEFORE, {})
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


def _back_to(form: Form, draft: Draft) -> str:
    """The step that Back asks again: of those before the current one the one answered last that
    still applies. Empty: none. What came ahead of its question is after it, and so never undone.
    """
    order, step = [s.key for s in (*form.steps, *form.extras)], form.current(draft)
    before = order[: order.index(step.key)] if step else order
    for key in reversed(draft.trail):
        answered = form.step(key) if key in before and key in draft.answers else None
        if answered and answered.when(draft.answers):
            return key
    return ""


def is_untouched(form: Form, draft: Draft) -> bool:
    """Whether nobody has answered anything yet, in part either: what it began with, and an answer
    that no review shows, is no work of theirs that Cancel would lose.
    """
    steps = [step for key in draft.answers if (step := form.step(key)) and not step.hidden]
    in_part = any(not step.kind.complete(draft.answers[step.key]) for step in steps)
    answered = any(step.key in draft.trail for step in steps)
    return not (answered or draft.sources or in_part)


def _step_back(form: Form, draft: Draft) -> None:
    """Ask again what was answered last."""
    if not (back := _back_to(form, draft)):
        return
    _reopen(draft, back)
    draft.sources = {m: key for m, key in draft.sources.items() if key != back}
    draft.opened = [key for key in draft.opened if key != back]
    draft.trail = [key for key in draft.trail if key != back]


def _reopen(draft: Draft, key: str) -> None:
    """Ask a step again. What a list already holds stays; everything else is answered anew."""
    value = draft.answers.get(key)
    keep = {k: v for k, v in draft.answers.items() if k != key}
    if isinstance(value, dict) and "done" in value:
        keep[key] = {**value, "done": False}
    draft.answers = keep
