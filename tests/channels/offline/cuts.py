"""Rounds of an officer's life on a bad road: written, cut, killed, set to another day, sent."""

from dataclasses import dataclass, field
from datetime import date
from random import Random

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from storage.enums import VisitOrigin, VisitStatus
from storage.folding import fold
from storage.models import ReportFile, Visit, VisitReport
from tests.cast import AN, KCN, SITES
from tests.channels.offline.phone import Phone, picture
from tests.channels.offline.road import BREAKS, OPEN, Road
from tests.client import Town

DAY = 24 * 3600
JUMPS = (-3600, -3 * DAY, 3 * DAY, 5 * 365 * DAY, -20 * 365 * DAY)
WORDS = "Công nhân làm việc ổn định, bữa ăn ca đủ món, có ý kiến về nhà để xe. Lần ghi {}."


PLACES = [site for site in SITES if site.parent == KCN.id]


@dataclass
class Round:
    """One report. `words`, `photos`: what the phone has said that it keeps."""

    town: Town
    road: Road
    phone: Phone
    rng: Random
    number: int
    visit: int | str = 0  # the mark of one that nobody planned
    words: str = ""
    photos: int = 0
    edits: int = 0
    writing: bool = False
    log: list[str] = field(default_factory=list)

    async def live(self) -> None:
        """From the visit to the receipt, whatever happens; then everything is there, once."""
        planned = self.rng.random() < 0.7
        if planned:
            self.visit = await self._given()
        self.road.mood = lambda _path: OPEN
        if self.phone.page is None:
            await self.phone.open()
            await self.phone.kept()
        await self.phone.refresh()
        if planned:
            await self.phone.line(self.visit).wait_for()
            await self._do("go_on")
            await self.phone.fill("")
        else:
            await self._do("begin_unplanned")
        await self._do("write")
        self.road.mood = self._mood
        for _ in range(self.rng.randint(3, 7)):
            await self._do(self.rng.choice(self._possible()))
        await self._arrives()
        await self._is_there_once()
        assert self.phone.errors == [], self.log

    def _mood(self, path: str) -> str:
        on_the_way = path.endswith(("nop", "tuan")) or "/tep/" in path
        return self.rng.choice(BREAKS) if on_the_way and self.rng.random() < 0.6 else OPEN

    def _possible(self) -> list[str]:
        always = ["kill", "kill", "offline", "online", "jump"]
        at_form = ["write", "write", "photo", "leave", "hand_in", "hand_in"]
        return always + (at_form if self.writing else ["go_on", "edit", "tap"])

    async def _do(self, what: str) -> None:
        self.log.append(what)
        await getattr(self, f"_{what}")()

    async def _begin_unplanned(self) -> None:
        await self.phone.page.locator(".who").wait_for()  # with it came the sites
        self.visit = await self.phone.begin_unplanned(fold(self.rng.choice(PLACES).name))
        today = self.town.clock.now().date()
        await self.phone.step("visited_on").locator("input[type=date]").fill(today.isoformat())
        await self.phone.fill_rest("")
        self.writing = True

    async def _write(self) -> None:
        self.words = WORDS.format(f"{self.number}.{len(self.log)}")
        await self.phone.write(self.words)
        await self.phone.saved()

    async def _photo(self) -> None:
        await self.phone.add_photo(picture(self.number * 16 + self.photos, 200 + len(self.log)))
        self.photos += 1

    async def _leave(self) -> None:
        await self.phone.tap("Để sau")
        await self.phone.page.wait_for_selector("[data-part]")
        self.writing = False

    async def _hand_in(self) -> None:
        await self.phone.hand_in()
        self.writing = False

    async def _kill(self) -> None:
        await self.phone.kill()
        await self.phone.open()
        self.writing = False

    async def _offline(self) -> None:
        await self.phone.offline()

    async def _online(self) -> None:
        await self.phone.offline(False)

    async def _jump(self) -> None:
        await self.phone.jump(self.rng.choice(JUMPS))

    async def _tap(self) -> None:
        """Once more to send, if that is offered."""
        await self.phone.tap_if_there(self.visit, "Gửi ngay")

    async def _edit(self) -> None:
        """Change what waits to be sent, if it still does."""
        if not await self.phone.tap_if_there(self.visit, "Xem, sửa"):
            return
        form = self.phone.page.locator("[data-step]").first
        arrived = self.phone.page.locator(f'[data-visit="{self.visit}"][data-state="arrived"]')
        await form.or_(arrived).first.wait_for()
        if await form.count():
            self.edits += 1
            self.writing = True
            await self._holds_what_was_written()

    async def _go_on(self) -> None:
        line = self.phone.page.locator(f'[data-visit="{self.visit}"]:not([data-state="waiting"])')
        if await line.locator("button.main").count():
            await self.phone.begin(self.visit)
            self.writing = True
            await self._holds_what_was_written()

    async def _holds_what_was_written(self) -> None:
        step = self.phone.step("situation")
        assert await step.locator("textarea").input_value() == self.words, self.log
        assert await step.locator(".files li").count() == self.photos, self.log

    async def _arrives(self) -> None:
        self.road.mood = lambda _path: OPEN
        await self.phone.offline(False)
        if not self.writing:
            await self._do("go_on")
        if self.writing:
            await self._do("hand_in")
        await self._do("tap")
        await self.phone.wait_for("arrived", self.visit)
        await self.phone.jump(0)

    async def _is_there_once(self) -> None:
        async with self.town.program.work.write() as session:
            visit_id = await self._visit_of_it(session)
            query = select(VisitReport).where(VisitReport.visit_id == visit_id)
            reports = (await session.exec(query.order_by(VisitReport.version))).all()  # type: ignore[arg-type]
            latest = reports[-1]
            files = await session.exec(select(ReportFile).where(ReportFile.report_id == latest.id))
            assert [report.latest for report in reports] == [False] * (len(reports) - 1) + [True]
            assert len(reports) <= 1 + self.edits, self.log
            assert latest.situation == self.words, self.log
            assert len(files.all()) == self.photos, self.log
            visit = await session.get_one(Visit, visit_id)
            assert visit.status is VisitStatus.REPORTED
            visit.week = visit.week.replace(year=2020)  # so that the list stays short

    async def _visit_of_it(self, session: AsyncSession) -> int:
        """The visit that was reported; of those nobody planned there is one more than before."""
        if isinstance(self.visit, int):
            return self.visit
        query = select(Visit.id).where(
            Visit.origin == VisitOrigin.UNPLANNED, col(Visit.week) > date(2021, 1, 1)
        )
        (visit_id,) = (await session.exec(query)).all()  # those of earlier rounds were put back
        return visit_id or 0

    async def _given(self) -> int:
        """A visit of this week that waits for a report."""
        site = self.rng.choice(PLACES)
        now = self.town.clock.now()
        visit = Visit(
            key=f"round:{self.number}",
            week=now.date(),
            site_id=site.id,
            unit_id=KCN.id,
            officer_id=AN.id,
            created_at=now,
        )
        async with self.town.program.work.write() as session:
            session.add(visit)
        return visit.id or 0


async def live(
    town: Town, road: Road, phone: Phone, rng: Random, numbers: range
) -> list[list[str]]:
    """Rounds of these numbers on one phone; what was done in each of them."""
    histories = []
    for number in numbers:
        history = Round(town, road, phone, Random(rng.random()), number)
        await history.live()
        histories.append(history.log)
    return histories
