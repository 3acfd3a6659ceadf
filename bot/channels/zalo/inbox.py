"""What people wrote by Zalo: kept before it is handled, handled once, its answer kept before it is
sent. One program does it, where several share a database the one that leads.
"""

import asyncio
import hashlib
import json
import secrets
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import Any

import structlog

from bot.channels.at_work import note_day
from bot.channels.retries import NotSent, Trouble
from bot.channels.text_menu import TextAnswer, TextMenus, TextMessage, asked_for, pieces
from bot.channels.zalo.api import ZaloBot, ZaloMessage, read
from bot.channels.zalo.words import FIRST_TEXT, FIRST_TEXT_WITH_PAGE
from bot.conversation import engine
from bot.conversation.reply import FormPlace, Reply, ShowCard
from bot.core import access, messages, speech
from bot.core.clock import Clock
from bot.core.context import Context
from bot.core.errors import TurnLost
from bot.core.rules.names import full_name
from bot.core.rules.writing import composed, one_line
from bot.core.waiting import woken
from bot.core.work import Work
from bot.home.home_card import home_card
from storage import conversations, inbox
from storage.addresses import ZALO, Address, UpdateKey
from storage.coarse import hour_of
from storage.conversations import Conversation
from storage.faults import passes
from storage.models import InboxUpdate

AT_ONCE = 8  # people answered in parallel
MAX_ATTEMPTS = 5  # times that one message may be begun: it may be what the program died of
TOO_LATE = timedelta(days=1)
LIVE, LONGEST_WAY = timedelta(minutes=1), timedelta(days=2)
AGAIN_SECONDS = 5.0  # between two tries to send what Zalo does not take now
LONGEST = timedelta(days=1)  # an answer that late answers nothing any more
_LETTERS = "ABCDEFGHJKMNPQRSTUVWXYZ23456789"

log = structlog.get_logger()


@dataclass(frozen=True)
class _Update:
    """A kept update that is to be handled or answered."""

    row: InboxUpdate
    message: ZaloMessage

    @property
    def key(self) -> UpdateKey:
        return inbox.key_of(self.row)


class ZaloInbox:
    """Takes what comes and answers it, until cancelled."""

    def __init__(self, work: Work, clock: Clock, bot: ZaloBot, menus: TextMenus) -> None:
        self._work, self._clock, self._bot, self._menus = work, clock, bot, menus
        self._woken = asyncio.Event()
        self._begun: set[UpdateKey] = set()  # by this run

    async def take(self, raw: Any) -> None:
        """Keep an update; one that was kept before is dropped. Raises what the database raises: it
        is not kept, and has to be brought again.
        """
        message = read(raw)
        if message is None:  # a group, a newer kind: nobody waits for an answer
            log.warning("zalo.not_read")
            return
        now = self._clock.now()
        key = key_of(message)
        row = InboxUpdate(
            channel=ZALO,
            update_id=key.update_id,
            payload=self._work.vault.seal(json.dumps(raw), inbox.payload_row(key)),
            received_at=hour_of(now),
        )
        async with self._work.store.write() as session:
            await inbox.remember(session, [row])
        self._woken.set()

    async def run(self, pause: float = 30.0) -> None:
        """Until cancelled: answer what is kept, then wait for more, `pause` seconds at most."""
        while True:
            waits = True
            try:
                waits = await self.look()
            except Exception as error:
                log.error("zalo.failed", exc_info=error)
            await woken(self._woken, AGAIN_SECONDS if waits else pause)

    async def look(self) -> bool:
        """Send what waits and handle what is kept, each person's in order. Whether something is
        left that may go better later.
        """
        async with self._work.read() as session:
            unsent = await inbox.unanswered(session, ZALO)
            unhandled = await inbox.unfinished(session, ZALO)
        by_chat: dict[str, list[_Update]] = defaultdict(list)
        for row in (*unsent, *unhandled):
            if row.failure != inbox.UNREADABLE and (update := await self._opened(row)):
                by_chat[update.message.chat].append(update)
        gate = asyncio.Semaphore(AT_ONCE)
        ended = await asyncio.gather(
            *(self._of_one(gate, updates) for updates in by_chat.values()), return_exceptions=True
        )
        for error in ended:
            if isinstance(error, BaseException):
                log.error("zalo.broken_off", exc_info=error)
        return any(result is not True for result in ended)

    async def _opened(self, row: InboxUpdate) -> _Update | None:
        key = inbox.key_of(row)
        try:
            raw = json.loads(self._work.vault.open(row.payload or b"", inbox.payload_row(key)))
            message = read(raw)
        except Exception as error:
            log.error("update.not_opened", update_id=row.update_id, exc_info=error)
            message = None
        if message is None:
            async with self._work.store.write() as session:
                await inbox.mark_failed(session, key, inbox.UNREADABLE)
            return None
        return _Update(row, message)

    async def _of_one(self, gate: asyncio.Semaphore, updates: Sequence[_Update]) -> bool:
        """One person's, in the order in which they wrote; whether all of them are over."""
        async with gate:
            for update in sorted(updates, key=lambda u: u.message.sent_at or _NEVER):
                texts = self._texts_left(update)
                if texts is None:
                    texts = await self._handled(update)
                if not await self._sent(update, texts):
                    return False
        return True

    def _texts_left(self, update: _Update) -> list[str] | None:
        """What is still to be sent of an answer; None: there is none yet."""
        if update.row.answer is None:
            return None
        texts = json.loads(self._work.vault.open(update.row.answer, inbox.answer_row(update.key)))
        late = self._clock.now() - update.row.received_at > LONGEST + TOO_LATE
        return [] if late else list(texts)

    async def _handled(self, update: _Update) -> list[str]:
        """Do what was asked for, once, and keep the answer. Raises what passes, to be tried again.
        Raises TurnLost: another program has it."""
        work, now = self._work.for_update(update.key, self._clock.now()), self._clock.now()
        address = Address(ZALO, update.message.chat)
        actor, seen_at = await access.actor_and_day(work, address)
        actor = replace(actor, shown_name=full_name(one_line(update.message.name), ""))
        attempts = await self._begin(update)
        async with work.read() as session:
            conversation = await conversations.load(session, work.vault, address)
        context = Context(work, actor, now)
        first = not conversation.texts and not actor.grants
        try:
            if update.row.done_at or attempts > MAX_ATTEMPTS:
                answered = await self._current(context, conversation)
            elif now - update.row.received_at > TOO_LATE + timedelta(hours=1):
                sentence = messages.LEFT_TOO_LONG
                sentence = sentence if actor.grants else speech.to_worker(sentence)
                answered = await self._current(context, conversation, sentence)
            else:
                message = _message(update, now)
                command, button = asked_for(conversation, message)
                at_work = replace(context, work=self._work)
                await note_day(at_work, seen_at, command=command, button=button)
                answered = await self._menus.answer(context, conversation, message)
        except Exception as error:
            if passes(error) or isinstance(error, TurnLost):
                raise
            answered = await self._failed(update, conversation, error)
        texts = [*(pieces(self._first_text()) if first else ()), *answered.texts]
        await self._keep(update, answered, texts)
        return texts

    async def _begin(self, update: _Update) -> int:
        """How often the update was begun, this time included. From now on it is this run's."""
        async with self._work.store.write() as session:
            row = await session.get(InboxUpdate, (ZALO, update.row.update_id), with_for_update=True)
            if row is None:
                raise TurnLost
            row.holder = self._work.holder
            if update.key not in self._begun:
                self._begun.add(update.key)
                row.attempts += 1
            return row.attempts

    async def _current(
        self, context: Context, conversation: Conversation, sentence: str = ""
    ) -> TextAnswer:
        """Where somebody is, for who was left without an answer; nothing is done."""
        beside = replace(context, work=context.work.unbound())
        draft = await engine.current(beside)
        part = (
            ShowCard(draft.card, place=FormPlace(draft.draft_id))
            if draft
            else ShowCard(await home_card(beside))
        )
        return self._menus.as_texts(Reply((part,), sentence), conversation)

    async def _failed(
        self, update: _Update, conversation: Conversation, error: Exception
    ) -> TextAnswer:
        code = "".join(secrets.choice(_LETTERS) for _ in range(6))
        log.error("update.failed", code=code, error=type(error).__name__, exc_info=error)
        async with self._work.store.write() as session:
            await inbox.mark_failed(session, update.key, code)
            row = await inbox.get(session, update.key)
        sentence = messages.FAILED_AFTER if row and row.done_at else messages.FAILED
        conversation = replace(conversation, texts=conversation.texts + 1)
        return self._menus.as_texts(Reply(toast=sentence.format(code=code)), conversation)

    async def _keep(self, update: _Update, answered: TextAnswer, texts: Sequence[str]) -> None:
        """The answer and what its numbers stand for, in one transaction, before it is sent."""
        work, now = self._work, self._clock.now()
        sealed = work.vault.seal(json.dumps(texts), inbox.answer_row(update.key))
        async with work.store.write() as session:
            if not await inbox.mark_done(session, update.key, now, work.holder):
                raise TurnLost
            await inbox.set_answer(session, update.key, sealed)
            await conversations.save_card(session, work.vault, answered.conversation, now.date())
        for draft_id, card_id in answered.places:
            await engine.card_shown(work, draft_id, ZALO, card_id)

    async def _sent(self, update: _Update, texts: Sequence[str]) -> bool:
        """Send an answer. False: Zalo does not take it now, what is left of it waits."""
        for place, text in enumerate(texts):
            failure = await self._refused(update.message.chat, text)
            if failure is None:
                continue
            log.warning("answer.not_sent", error=failure.kind)
            if failure.trouble in (Trouble.UNREACHABLE, Trouble.BROKEN):
                break
            await self._keep_rest(update, texts[place:])
            return False
        async with self._work.store.write() as session:
            await inbox.settle(session, update.key, self._clock.now())
        self._begun.discard(update.key)
        return True

    async def _refused(self, chat: str, text: str) -> NotSent | None:
        """Why Zalo did not take a text; None: it did."""
        try:
            await self._bot.send(chat, text)
        except NotSent as failure:
            return failure
        return None

    async def _keep_rest(self, update: _Update, texts: Sequence[str]) -> None:
        sealed = self._work.vault.seal(json.dumps(texts), inbox.answer_row(update.key))
        async with self._work.store.write() as session:
            await inbox.set_answer(session, update.key, sealed)

    def _first_text(self) -> str:
        """To who writes for the first time and has no role: what the channel tells of them."""
        page = self._menus.web
        return FIRST_TEXT_WITH_PAGE.format(page=page) if page else FIRST_TEXT


_NEVER = datetime(1970, 1, 1, tzinfo=UTC)


def key_of(message: ZaloMessage) -> UpdateKey:
    """Zalo numbers no update: 63 bits of a hash of the message's id, which two share by chance once
    in thousands of years. No moment is in it."""
    digest = hashlib.sha256(f"{message.chat}:{message.message_id}".encode()).digest()
    return UpdateKey(ZALO, int.from_bytes(digest[:8]) >> 1)


def _message(update: _Update, now: datetime) -> TextMessage:
    """As the routes take it; a moment counts where it is earlier than now and can be believed."""
    message, at = update.message, update.message.sent_at
    believed = at if at and now - LONGEST_WAY <= at < now - LIVE else None
    words = None if message.words is None else composed(message.words)
    return TextMessage(words, believed)
