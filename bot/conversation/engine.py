"""Walking a draft through its form: one function is one thing a person did.

Every answer is kept before the next question is shown. Each function returns the card to show;
showing it is the handler's work, so that nothing waits for a channel inside a transaction.
"""

from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.conversation import view
from bot.conversation.form import (
    NOTHING_WANTED,
    FileInput,
    Form,
    Moment,
    Option,
    Step,
    UserInput,
    Wants,
)
from bot.conversation.kinds import FILE_NAMES, MAX_PIECES
from bot.conversation.moves import ADD, BEFORE, CANCEL, is_untouched, move
from bot.conversation.registry import FORMS, form_of
from bot.core import messages
from bot.core.card import Card
from bot.core.context import Context
from bot.core.drafts import DraftGone, HandedIn, receipts
from bot.core.errors import Refused
from bot.core.rules.calendar import local
from bot.core.rules.permissions import Actor
from bot.core.work import Work
from storage import drafts, files
from storage.coarse import hour_of
from storage.models import Draft, StoredFile

SENT_AT = "sent_at"  # in a draft's `about`: when the newest message into the form was sent
LYING = timedelta(hours=1)
"""A form not touched for so long takes no words unasked: they may be about something else."""
MAX_FILE_BYTES = 20_000_000  # what Telegram lets a bot download


class SentAlready(Refused):
    """The second tap on "Gửi": all is well."""


@dataclass(frozen=True)
class ShownCard:
    """What to show. `draft_id` is None when the form is over; `card_message_id` is the message that
    shows the form's card in the channel of whoever asks, None where it is shown elsewhere. `wants`:
    what can be typed or sent as an answer.
    """

    card: Card
    draft_id: int | None = None
    card_message_id: int | None = None
    toast: str = ""
    alert: bool = False
    wants: Wants = NOTHING_WANTED


async def start(
    context: Context,
    form: Form,
    *,
    subject: str = "",
    about: dict[str, Any] | None = None,
    answers: dict[str, Any] | None = None,
    anew: bool = False,
) -> ShownCard:
    """Begin a form, or go on with the same one about the same subject unless it is to be `anew`."""
    draft = await _begin(context, form, subject, about, answers, anew=anew)
    return await _card_of(context, draft)


async def start_with(
    context: Context, form: Form, user_input: UserInput, answers: dict[str, Any] | None = None
) -> ShownCard:
    """Begin a form, or go on with it, with a message that answers its open step."""
    draft = await _begin(context, form, answers=answers)
    return await take(context, draft.id or 0, user_input)


async def _begin(
    context: Context,
    form: Form,
    subject: str = "",
    about: dict[str, Any] | None = None,
    answers: dict[str, Any] | None = None,
    *,
    anew: bool = False,
) -> Draft:
    """The draft; no card is drawn. Raises Refused: only private forms are a stranger's."""
    if context.actor.is_stranger and not form.private:
        raise Refused(messages.NOT_ALLOWED)  # there is no row that it could belong to
    async with context.work.write() as session:
        owner = context.actor.private_owner if form.private else context.actor.owner
        draft = await drafts.find(session, owner, form.name, subject)
        if draft and anew:
            await session.delete(draft)
            draft = None
        if draft is None:
            draft = Draft(
                form=form.name,
                owner=owner,
                subject=subject,
                about=about or {},
                answers=answers or {},
                created_at=context.done_at,
                updated_at=context.now,
            )
        elif about and view.STANDS in about:  # it may have been changed since the form was begun
            draft.about = {**draft.about, view.STANDS: about[view.STANDS]}
        draft.updated_at = context.now
        session.add(draft)
        await session.flush()
    return draft


async def current(context: Context) -> ShownCard | None:
    """The card of the form this person touched last; None when there is none."""
    async with context.work.read() as session:
        draft = await drafts.latest(session, context.actor.owners, FORMS)
    return await _card_of(context, draft) if draft else None


async def answer(context: Context, user_input: UserInput) -> ShownCard | None:
    """Words or a file for the form this person touched last; None when there is none."""
    async with context.work.read() as session:
        draft = await drafts.latest(session, context.actor.owners, FORMS)
    if draft is None:
        return None
    if left_lying(draft, context.done_at):
        return await _hold(context, draft.id or 0, user_input)
    return await take(context, draft.id or 0, user_input)


def left_lying(draft: Draft, at: datetime) -> bool:
    """Whether words may well be about something else by now, and somebody has to be asked. What is
    kept sealed is never held open for a question.
    """
    form = form_of(draft)
    if form.private or any(step.sealed for step in form.steps):
        return False
    return at - draft.updated_at > LYING or bool(draft.about.get(view.HELD))


async def _hold(context: Context, draft_id: int, user_input: UserInput) -> ShownCard:
    """Keep a message beside a form left lying, and ask where it belongs."""
    async with context.work.write() as session:
        draft = await _own(session, context.actor, draft_id)
        held = [*draft.about.get(view.HELD, []), _stored(user_input)][-MAX_PIECES:]
        draft.about = {**draft.about, view.HELD: held}
    return await _card_of(context, draft)


async def ask_whether(
    context: Context, form: Form, user_input: UserInput, subject: str, about: dict[str, Any]
) -> ShownCard:
    """Begin a form that a message may belong to, and ask whether it does."""
    draft = await _begin(context, form, subject, {**about, view.OFFERED: True})
    return await _hold(context, draft.id or 0, user_input)


async def let_go(context: Context, draft_id: int) -> list[UserInput]:
    """The messages that were held beside a form and belong elsewhere; the form stays as it is,
    unless it was only begun to ask.
    """
    async with context.work.write() as session:
        draft = await _own(session, context.actor, draft_id)
        held = _free(draft)
        if draft.about.get(view.OFFERED):
            await session.delete(draft)
    return held


def _free(draft: Draft) -> list[UserInput]:
    held = [_restored(message) for message in draft.about.get(view.HELD, [])]
    draft.about = {key: v for key, v in draft.about.items() if key != view.HELD}
    return held


async def _put_in(context: Context, draft_id: int) -> ShownCard:
    """The messages that were held answer the form after all."""
    async with context.work.write() as session:
        draft = await _own(session, context.actor, draft_id)
        held = _free(draft)
        draft.about = {key: v for key, v in draft.about.items() if key != view.OFFERED}
    outcome = await resume(context, draft_id)
    for user_input in held:
        outcome = await take(context, draft_id, user_input)
    return outcome


def _stored(user_input: UserInput) -> dict[str, Any]:
    return asdict(user_input)


def _restored(message: dict[str, Any]) -> UserInput:
    file, place = message["file"], message["place"]
    return UserInput(
        **{
            **message,
            "file": FileInput(**file) if file else None,
            "place": (place[0], place[1]) if place else None,
        }
    )


async def resume(context: Context, draft_id: int) -> ShownCard:
    """Go on with a form left lying."""
    async with context.work.write() as session:
        draft = await _own(session, context.actor, draft_id)
        draft.updated_at = context.now
    return await _card_of(context, draft)


async def press(context: Context, draft_id: int, step_key: str, option: str) -> ShownCard:
    """An option was pressed. One that no longer fits changes nothing and shows where we are."""
    if step_key == view.MENU:
        return await _menu(context, draft_id, option)
    return await take(context, draft_id, UserInput(option=option), step_key=step_key)


async def take(
    context: Context, draft_id: int, user_input: UserInput, *, step_key: str | None = None
) -> ShownCard:
    """Words, a file or an option for the step it answers."""
    async with context.work.write() as session:
        draft = await _own(session, context.actor, draft_id)
        form = form_of(draft)
        step = form.step_for(draft, user_input)
        open_step = form.current(draft)
        stale = step_key is not None and (step is None or step.key != step_key)
        if not stale:
            await _answer(session, context, draft, step, user_input)
    if stale:
        return replace(await _card_of(context, draft), toast=messages.FORM_MOVED_ON)
    if not form.review and form.current(draft) is None:
        return await _handed_in(context, form, draft)
    by_hand = open_step is not None and (
        open_step.key in draft.opened or _follows_an_opened(form, draft, open_step)
    )
    added = by_hand and form.current(draft) is None
    note = "" if step is open_step or step is None else _put_away(step, user_input)
    return await _card_of(context, draft, ADD if added else "", note)


def _follows_an_opened(form: Form, draft: Draft, step: Step) -> bool:
    """Whether an extra was asked because of what was just added by hand."""
    return step in form.extras and bool({*draft.trail[-2:-1]} & {*draft.opened})


def _put_away(step: Step, user_input: UserInput) -> str:
    """Where something went that answers no question of the moment."""
    if user_input.file:
        what = FILE_NAMES.get(user_input.file.kind, "tệp")
        return messages.FILE_PUT_AWAY.format(what=what, label=step.label)
    return messages.WORDS_PUT_AWAY.format(label=step.label)


async def correct(context: Context, message_id: int, user_input: UserInput) -> ShownCard | None:
    """An edited message replaces the answer it gave. None: it gave none that is still open."""
    async with context.work.write() as session:
        for draft in await drafts.of_owners(session, context.actor.owners):
            form = form_of(draft) if draft.form in FORMS else None
            if form and (
                step := form.step(draft.sources.get(_source(context.actor, message_id), ""))
            ):
                await _answer(session, context, draft, step, user_input)
                break
        else:
            return None
    return replace(await _card_of(context, draft), toast=messages.ANSWER_CORRECTED)


async def card_shown(work: Work, draft_id: int, channel: str, message_id: int) -> None:
    """Remember which message of which channel shows the draft's card."""
    async with work.write() as session:
        draft = await drafts.get_locked(session, draft_id)
        if draft:
            draft.card_channel, draft.card_message_id = channel, message_id


def _card_message(actor: Actor, draft: Draft) -> int | None:
    """The message with the draft's card, where whoever asks has it in front of them."""
    return draft.card_message_id if draft.card_channel == actor.address.channel else None


async def _menu(context: Context, draft_id: int, option: str) -> ShownCard:
    """The buttons under every card: back, skip, cancel; on the review: send, change, add."""
    if option == "send":
        return await _send(context, draft_id)
    if option == view.PUT_IN:
        return await _put_in(context, draft_id)
    async with context.work.write() as session:
        draft = await _own(session, context.actor, draft_id)
        if option == view.PUT_AWAY:
            _free(draft)
        form = form_of(draft)
        begun_to_ask = option == view.PUT_AWAY and draft.about.get(view.OFFERED)
        held = draft.about.get(view.HELD)
        nothing_to_lose = option == CANCEL and not held and is_untouched(form, draft)
        if option == view.DROP or begun_to_ask or nothing_to_lose:
            await session.delete(draft)
            step = form.current(draft)
            stays = step is not None and view.keeps(form, draft, step)
            words = messages.KEPT_AS_IT_IS if stays else messages.FORM_DROPPED
            return ShownCard(Card(words), None, _card_message(context.actor, draft))
        page = "" if option == view.PUT_AWAY else move(form, draft, option)
        draft.updated_at = context.now
    if option == "skip" and not form.review and form.current(draft) is None:
        return await _handed_in(context, form, draft)
    return await _card_of(context, draft, page)


async def _send(context: Context, draft_id: int) -> ShownCard:
    try:
        async with context.work.read() as session:
            draft = await _own(session, context.actor, draft_id)
        form = form_of(draft)
        if form.current(draft) is not None or draft.about.get(view.HELD):
            return replace(await _card_of(context, draft), toast=messages.FORM_MOVED_ON)
        return await _handed_in(context, form, draft)
    except DraftGone:
        async with context.work.read() as session:
            form_sent = await drafts.sent(
                session, receipts(context.work.vault, context.actor.owners, draft_id)
            )
        if form_sent is None:
            raise
        raise SentAlready(messages.SENT_ALREADY.format(who=form_sent.who)) from None


async def _handed_in(context: Context, form: Form, draft: Draft) -> ShownCard:
    """What the form asks for is done; its draft ends with the first thing that is kept, or with the
    card where nothing is."""
    draft_id = draft.id or 0
    receipt = receipts(context.work.vault, [draft.owner], draft_id)[0] if form.review else ""
    ending = HandedIn(draft_id, context.actor.owners, receipt, form.who, local(context.now).date())
    work = context.work.for_draft(ending)
    card = await form.submit(replace(context, work=work), draft)
    await work.end_draft()
    return ShownCard(card, None, _card_message(context.actor, draft))


async def _own(session: AsyncSession, actor: Actor, draft_id: int) -> Draft:
    draft = await drafts.get_locked(session, draft_id)
    if draft is None:
        raise DraftGone(messages.DRAFT_GONE)
    if draft.owner not in actor.owners:
        raise Refused(messages.NOT_YOUR_DRAFT)
    return draft


async def _answer(
    session: AsyncSession, context: Context, draft: Draft, step: Step | None, user_input: UserInput
) -> None:
    if step is None:
        raise Refused(messages.PRESS_A_BUTTON)
    form = form_of(draft)
    if form.admit and user_input.option is None:
        await form.admit(session, context.work, draft.owner, context.done_at)
    if user_input.file:
        brought = _Brought(
            user_input.file, context.actor.address.channel, draft.owner if form.private else ""
        )
        file_id = await _keep_file(session, context.work, brought, context.now)
        user_input = replace(user_input, file_id=file_id)
    at = _moment(context, draft)
    value = step.kind.take(user_input, draft.answers.get(step.key), at)
    if step.sealed:
        value = context.work.vault.seal(value, draft.owner).hex()
    draft.answers = {**draft.answers, step.key: value}
    if step.kind.complete(value):
        draft.trail = [*(key for key in draft.trail if key != step.key), step.key]
        before = {k: v for k, v in draft.about.get(BEFORE, {}).items() if k != step.key}
        draft.about = {**draft.about, BEFORE: before}
    if user_input.option is None and not form.private:  # of workers no more moments than needed
        draft.about = {**draft.about, SENT_AT: context.done_at.isoformat()}
    draft.sources = _sources(context.actor, draft, step, user_input, value)
    draft.updated_at = context.now


def _moment(context: Context, draft: Draft) -> Moment:
    return Moment(context.now, draft.about, draft.answers, context.work.calendar)


def _sources(
    actor: Actor, draft: Draft, step: Step, user_input: UserInput, value: Any
) -> dict[str, str]:
    """Which message gave which answer; a single answer has the newest one as its only source."""
    sources = dict(draft.sources)
    if not (isinstance(value, dict) and "pieces" in value):
        sources = {m: key for m, key in sources.items() if key != step.key}
    return (
        {**sources, _source(actor, user_input.message_id): step.key}
        if user_input.message_id
        else sources
    )


def _source(actor: Actor, message_id: int) -> str:
    """A message as `Draft.sources` names it: two channels may number theirs alike."""
    return f"{actor.address.channel}:{message_id}"


@dataclass(frozen=True)
class _Brought:
    """A file and the channel it came through. `anonymous`: the draft's owner, where the file must
    lead to nobody: not by its name, size or moment, nor by somebody else's having it too, or the
    same person's as one of the staff.
    """

    file: FileInput
    channel: str
    anonymous: str = ""


def _shows_who_sent_it(file: FileInput) -> bool:
    """Films and recordings carry place, device and date inside, and are not made anew here."""
    return file.kind in _FILMS or file.name.lower().endswith(_FILM_NAMES)


_FILMS = ("video", "video_note", "audio")
_FILM_NAMES = (
    ".mp4",
    ".mov",
    ".m4v",
    ".3gp",
    ".avi",
    ".mkv",
    ".webm",
    ".mp3",
    ".m4a",
    ".wav",
    ".amr",
)


async def _keep_file(session: AsyncSession, work: Work, brought: _Brought, now: datetime) -> int:
    """A row for the file; its copy is fetched in the background."""
    file, anonymous = brought.file, brought.anonymous
    if file.size and file.size > MAX_FILE_BYTES:
        raise Refused(messages.FILE_TOO_LARGE)
    if anonymous and _shows_who_sent_it(file):
        raise Refused(messages.FILM_SHOWS_SENDER)
    unique_id = file.unique_id
    if anonymous:
        unique_id = "r:" + work.vault.look(f"{anonymous}:{unique_id}")[:58]
    stored = await files.by_unique_id(session, brought.channel, unique_id)
    if stored is None:
        stored = StoredFile(
            channel=brought.channel,
            reference=file.reference,
            unique_id=unique_id,
            kind=file.kind,
            name="" if anonymous else file.name[:200],
            size=None if anonymous else file.size,
            private=bool(anonymous),
            created_at=hour_of(now) if anonymous else now,
            sha256=file.copy or None,
            retry_at=None if file.copy else now,
        )
        session.add(stored)
        await session.flush()
    assert stored.id is not None
    return stored.id


async def _card_of(context: Context, draft: Draft, page: str = "", note: str = "") -> ShownCard:
    form = form_of(draft).worded(context.work.settings, context.actor.address.channel)
    step = form.current(draft)
    choices: Sequence[Option] = ()
    if step and form.choices and step.key in form.choices:
        choices = await form.choices[step.key](context.work, context.actor, draft)
    names = await form.names(context.work, context.actor, draft) if form.names else {}
    opened = view.OpenForm(form, draft, _moment(context, draft), names, note)
    card = view.card(opened, step, choices, page)
    asked_now = step is not None and page != CANCEL and not draft.about.get(view.HELD)
    wants = form.wants(step) if step and asked_now else NOTHING_WANTED
    return ShownCard(card, draft.id, _card_message(context.actor, draft), wants=wants)
