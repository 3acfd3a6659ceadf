"""People who press, write and forge whatever comes to their minds, and what must hold all the same:

nobody is told that something failed, no error reaches the log, nobody changes or reads what is none
of theirs, every chat answers, and the database is sound.
"""

import asyncio
import re
import shutil
import tempfile
import traceback
from collections.abc import Coroutine, Mapping, Sequence
from contextlib import AsyncExitStack
from datetime import timedelta
from pathlib import Path
from typing import Any, ClassVar, TypeVar

import pytest
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, rule
from structlog.testing import capture_logs

from bot.cases.services import site_links
from bot.core.access import actor_of
from bot.documents import pdf
from bot.home.commands import COMMANDS
from bot.sandbox.app import create_app
from bot.sandbox.serving import Served
from tests import cast, in_process, soundness
from tests.client import Person, Town
from tests.sent_help import Sent
from tests.soak import watching
from tests.towns import Place, inhabited, settings_in

T = TypeVar("T")

NA, KHACH = 7_100_000_001, 7_100_000_002
PEOPLE = ("An", "Bình", "Cúc", "Dũng", "Giang", "Hà", "Khoa", "Mai", "Lan", "Na", "Khách")
OFFICERS, WORKERS = ("An", "Bình", "Cúc"), ("Lan", "Na")
SECRET = "zqxkcn"  # in what people of one union write about its sites
INSIDERS = ("An", "Bình", "Dũng")
OUTSIDERS: dict[str, tuple[str, ...]] = {  # whose buttons -> to whom they are none of theirs
    **dict.fromkeys(INSIDERS, ("Cúc", "Na", "Khách")),
    "Lan": ("Na", "Cúc", "Bình", "Khách"),
    "Giang": ("Na", "Khách"),
    "Hà": ("Na", "Khách"),
}
READS_NO_SECRET = ("Cúc", "Na", "Khách")

LINK = site_links.parameter(cast.VAULT, cast.SEN_VANG.id)
REPORT = ("Báo cáo", "Hôm nay", "Dự họp BCH", "10", "Còn lại chưa có vấn đề", "Xong", "Bỏ qua")
WORDS = (
    "Công nhân chuyền 5 phản ánh định mức tăng lên 120 cái một giờ, nhiều chị em không đạt.",
    "Công ty chậm lương hai tháng, công nhân đòi đình công ngày mai",
    *("10", "0", "-3", "999999999999", "18/11", "31/02", "hôm nay", "thứ sáu", "không", "Đúng"),
    *("May Sen Vàng", "sen vang", "Bến Quê", "Nguyễn Thị An", "0912 345 678", "500 tr", "45%"),
    *("<b>&lt;script&gt;", "{{ 7 * 7 }}", "😀😀😀", "x" * 4096, "=HYPERLINK(1)", "\u202e\u0000ẩn"),
)
PLACES_OF_NUMBERS = re.compile(r"(?<=:)-?\d+")
NUMBERS = ("0", "-1", "1", "2", "9", "999999999", "2147483648", "9223372036854775808", "1" * 30)
DATES = re.compile(r"\d{4}-\d{2}-\d{2}")
IMPOSSIBLE = ("2026-02-31", "0000-00-00", "9999-12-31", "2026-13-01", "0001-01-01", "2026-11-16")
ACTS = (
    *("newest",) * 8,
    *("other", "words", "command", "photo", "voice", "place", "twice", "mutated", "mutated"),
    *("mutated", "edit", "rubbish", "paper"),
)

acts = st.lists(
    st.tuples(st.sampled_from(PEOPLE), st.sampled_from(ACTS), st.integers(0, 10_000)),
    min_size=4,
    max_size=24,
)
rubbish = st.text(max_size=64).filter(lambda data: 0 < len(data.encode()) <= 64)


class Conversations(RuleBasedStateMachine):
    """One town and its people, for as long as hypothesis lets them live."""

    migrated: ClassVar[Path]
    updates: ClassVar[int] = 0
    forged: ClassVar[int] = 0
    restarts: ClassVar[int] = 0

    def __init__(self) -> None:
        super().__init__()
        self._runner = asyncio.Runner()
        self._folder = Path(tempfile.mkdtemp())
        self._patch, self._open = pytest.MonkeyPatch(), AsyncExitStack()
        self._seen: dict[str, dict[str, str]] = {name: {} for name in PEOPLE}
        self._run(self._settle())

    def teardown(self) -> None:
        try:
            self._run(self._checked(self._everybody_is_answered()))
            self._run(self._sound())
        finally:
            print(f"{Conversations.updates} updates so far")
            self._runner.run(self._open.aclose())
            self._patch.undo()
            self._runner.close()
            shutil.rmtree(self._folder)

    # ---- What they do

    @rule(several=acts, data=st.data())
    def several_people_act_at_once(self, several: Sequence[Any], data: st.DataObject) -> None:
        async def act() -> None:
            await self._all_act(several, data)
            await self._town.settle()

        self._run(self._checked(act()))

    @rule(who=st.sampled_from(OFFICERS), number=st.integers(0, 10_000))
    def somebody_reports(self, who: str, number: int) -> None:
        async def report() -> None:
            person = self._people[who]
            await person.send("/tuannay")
            if await self._click_through(person, REPORT):
                secret = SECRET if who in INSIDERS else ""
                await self._send(person, f"{WORDS[number % 2]} {secret} {number}")
                await self._click_through(person, ("Gửi báo cáo",))

        self._run(self._checked(report()))

    @rule(who=st.sampled_from(WORKERS), number=st.integers(0, 10_000))
    def somebody_raises_a_concern(self, who: str, number: int) -> None:
        async def raise_it() -> None:
            person = self._people[who]
            await self._send(person, f"/start {LINK}")
            await self._click_through(person, ("Đồng ý",))
            secret = SECRET if who == "Lan" else ""
            await self._send(person, f"{WORDS[number % 2]} {secret} {number}")
            labels = ("Vài người", "Đúng", "Không nêu tên", "Bỏ qua", "Gửi Công đoàn")
            await self._click_through(person, labels)

        self._run(self._checked(raise_it()))

    @rule(
        owner=st.sampled_from(sorted(OUTSIDERS)),
        which=st.integers(0, 10),
        numbers=st.lists(st.integers(0, 10_000), min_size=1, max_size=12),
    )
    def somebody_presses_what_is_none_of_theirs(
        self, owner: str, which: int, numbers: Sequence[int]
    ) -> None:
        """Forged, as nobody showed it to them: it changes nothing but what is their own."""
        foreign = OUTSIDERS[owner][which % len(OUTSIDERS[owner])]
        known = sorted(set(self._seen[owner].values()) - set(self._seen[foreign].values()))
        pressed = [known[number % len(known)] for number in numbers] if known else []

        async def press() -> None:
            store = self._town.program.work.store
            await watching.changes(store)
            for button in pressed:
                await self._forge(self._people[foreign], button)
            await self._town.settle()
            actor = await actor_of(self._town.program.work, self._people[foreign].address)
            wrong = [c for c in await watching.changes(store) if not c.is_of(actor)]
            assert not wrong, f"{foreign} pressed {pressed} of {owner}: {wrong}"
            Conversations.forged += len(pressed)

        self._run(self._checked(press()))

    # Hypothesis leaves out some rules for a whole life: no life may consist of waiting or of
    # restarts alone.

    @rule(several=acts, hours=st.sampled_from((1, 5, 13, 24, 24, 75, 7 * 24)), data=st.data())
    def time_passes_while_they_act(
        self, several: Sequence[Any], hours: int, data: st.DataObject
    ) -> None:
        moment = self._town.clock.now() + timedelta(hours=hours)

        async def pass_time() -> None:
            await self._all_act(several, data)
            await self._town.move_to(moment)

        self._run(self._checked(pass_time()))

    @rule(several=acts, again=st.booleans(), data=st.data())
    def the_program_is_started_anew_while_they_act(
        self, several: Sequence[Any], again: bool, data: st.DataObject
    ) -> None:
        async def restart() -> None:
            await self._all_act(several, data)
            if again:
                async with self._town.stopped():
                    pass
                Conversations.restarts += 1
            await self._town.settle()

        self._run(self._checked(restart()))
        if again:
            self._run(self._sound())

    # ---- How

    async def _settle(self) -> None:
        database = self._folder / "satcoso.db"
        shutil.copy(self.migrated, database)
        app = create_app()
        app.state.world.limits.enabled = False
        in_process.answer_in_process(self._patch, app)
        self._patch.setattr(pdf, "program", lambda: "soffice")  # tests/documents makes real ones
        self._patch.setattr(pdf, "convert", lambda docx: b"%PDF " + docx[:2])
        self._sent = Sent(self._patch)
        settings = settings_in(self._folder, f"sqlite+aiosqlite:///{database}")
        served = Served(in_process.PORT, app.state.world)
        self._open.callback(app.state.world.close)
        place = Place(settings, cast.clock_at(cast.MONDAY), served, app)
        self._town: Town = await self._open.enter_async_context(
            inhabited(place, cast.settle, self._patch)
        )
        known = {one.name: one.telegram_id for one in cast.EVERYBODY} | {"Na": NA, "Khách": KHACH}
        self._people = {name: await self._town.person(name, known[name]) for name in PEOPLE}
        await watching.watch(self._town.program.work.store)
        await self._everybody_is_answered()

    async def _all_act(self, several: Sequence[Any], data: st.DataObject) -> None:
        for who, what, number in several:
            await self._act(self._people[who], what, number, data)

    async def _act(self, who: Person, what: str, number: int, data: st.DataObject) -> None:
        """One thing, without waiting for what comes of it."""
        newest = self._buttons(who, newest=True)
        others = self._buttons(who)
        match what:
            case "newest" | "twice" if newest:
                for _ in range(1 + (what == "twice")):
                    await self._forge(who, *newest[number % len(newest)])
            case "other" if others:
                await self._forge(who, *others[number % len(others)])
            case "mutated" if self._seen[who.name]:
                known = sorted(self._seen[who.name].values())
                await self._forge(who, mutated(known[number % len(known)], number))
            case "rubbish":
                await self._forge(who, data.draw(rubbish))
            case "command":
                names = sorted({name for (name, _), _ in COMMANDS} | {"start", "dulieu", "units"})
                await self._send(who, f"/{names[number % len(names)]}", wait=False)
            case "photo" | "voice" | "paper" | "place":
                await self._give(who, what)
            case "edit" if own := [m for m in who.messages[-9:] if m["from"] != "bot"]:
                if own[-1].get("text"):
                    given = {"edit": own[-1]["message_id"], "text": WORDS[number % len(WORDS)]}
                    await self._post(who, "send", given)
            case _:
                await self._send(who, WORDS[number % len(WORDS)], wait=False)

    async def _give(self, who: Person, what: str) -> None:
        Conversations.updates += 1
        await {"photo": who.photo, "voice": who.voice, "place": who.location}.get(
            what, lambda: who.document("bang.xlsx", b"PK no table")
        )()

    async def _send(self, who: Person, words: str, *, wait: bool = True) -> None:
        Conversations.updates += 1
        await who.send(words.replace("\u0000", ""), wait=wait)

    async def _forge(self, who: Person, data: str, message: int | None = None) -> None:
        Conversations.updates += 1
        await who.forge(data[:64] or "-", message, wait=False)

    async def _post(self, who: Person, what: str, given: dict[str, Any]) -> None:
        Conversations.updates += 1
        await self._town.ask("POST", f"/sandbox/people/{who.telegram_id}/{what}", json=given)

    async def _click_through(self, who: Person, labels: Sequence[str]) -> bool:
        """Those of the buttons that are there, in order; whether the last one was."""
        pressed = ""
        for label in labels:
            if any(label in button for button in who.buttons):
                full = next(button for button in who.buttons if label in button)
                Conversations.updates += 1
                await who.click(full)
                pressed = label
        return pressed == labels[-1]

    def _buttons(self, who: Person, *, newest: bool = False) -> list[tuple[str, int]]:
        """(data, message) of what can be pressed."""
        shown = [m for m in who.messages[-12:] if m.get("buttons")]
        return [
            (button["callback_data"], message["message_id"])
            for message in (shown[-1:] if newest else shown)
            for row in message["buttons"]
            for button in row
            if button.get("callback_data")
        ]

    async def _everybody_is_answered(self) -> None:
        before = {name: len(person.cards) for name, person in self._people.items()}
        for person in self._people.values():
            await self._send(person, "/start", wait=False)
        await self._town.settle()
        stuck = [n for n, person in self._people.items() if len(person.cards) <= before[n]]
        assert not stuck, f"no answer in the chats of {stuck}"

    # ---- What must hold

    async def _checked(self, acting: Coroutine[Any, Any, None]) -> None:
        with capture_logs() as logs:
            await acting
        errors = [entry for entry in logs if entry["log_level"] in ("error", "critical")]
        assert not errors, "\n".join(map(_with_its_way, errors))
        for name in READS_NO_SECRET:
            words = self._sent.words(self._people[name].telegram_id)
            assert SECRET not in words, f"{name} read {words[-2000:]}"
        self._sent.to.clear()
        for name, person in self._people.items():
            for data, _ in self._buttons(person):
                self._seen[name][re.sub(r"\d+", "#", data)] = data

    async def _sound(self) -> None:
        broken = await soundness.broken(self._town.program.work.store, self._town.clock.now())
        assert not broken, broken

    def _run(self, coroutine: Coroutine[Any, Any, T]) -> T:
        return self._runner.run(coroutine)


def _with_its_way(entry: Mapping[str, Any]) -> str:
    """What was logged, and where in the program it began."""
    error = entry.get("exc_info")
    way = traceback.format_exception(error) if isinstance(error, BaseException) else []
    return "".join([f"{entry}\n", *way])


def mutated(data: str, number: int) -> str:
    """A button as somebody might change it who knows how buttons look."""
    change = number % 5
    value = NUMBERS[number % len(NUMBERS)]
    if change == 0:
        return PLACES_OF_NUMBERS.sub(value, data)
    if change == 1:
        return DATES.sub(IMPOSSIBLE[number % len(IMPOSSIBLE)], data)
    parts = data.split(":")
    place = number % len(parts)
    if change == 2:
        parts[place] = value
    elif change == 3:
        del parts[place]
    else:
        parts.insert(place, parts[-1])
    return ":".join(parts)
