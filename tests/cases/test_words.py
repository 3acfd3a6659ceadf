"""The words of a case reach nobody whom the permission table does not let see that case.

A case of every sensitive kind is planted, each with a word of its own. Then a week goes by,
everybody presses whatever leads to such words, and all that the program sent anybody is searched:
messages, edits, files unpacked, and the outbox. Whom the table lets read a word reads it, else
the search would prove nothing. `tests/channels/telegram/test_bad_input.py` presses every other
button.
"""

from dataclasses import dataclass, field
from datetime import date, datetime, time
from typing import Any

import pytest
from sqlmodel import select

from bot.core.rules.calendar import at
from storage.enums import CaseKind, Category, VisitStatus
from storage.models import Alert, Case, OutboxMessage, Visit, VisitReport
from tests import cast
from tests.cases.help import a_case, set_case
from tests.cast import AN, BINH, CUC, DUNG, GIANG, HA, KCN, KHOA, LAN, MAI, Character
from tests.client import Person, Town
from tests.sent_help import Sent

SUNDAY = at(date(2026, 11, 15), time(20, 0))
SITES = (cast.SEN_VANG, cast.TAN_LUA)


LISTED = "case:20261116:1:0"
PRESSING = ("An", "Bình", "Dũng", "Giang", "Hà")  # who has anything that leads to a case


@dataclass(frozen=True)
class Planted:
    """A case and who may read it. `columns` are set once it is born."""

    name: str
    readers: frozenset[Character]
    born: dict[str, Any] = field(default_factory=dict)
    columns: dict[str, Any] = field(default_factory=dict)

    def word(self, site: cast.Place) -> str:
        return f"zqx{self.name}{site.id}x"


def _planted(name: str, *readers: Character, **given: Any) -> Planted:
    columns = given.pop("columns", {})
    return Planted(name, frozenset(readers), given, columns)


CASES = (
    _planted("plain", AN, BINH, DUNG, GIANG),
    _planted("harassment", DUNG, GIANG, category=Category.QUAY_ROI),
    _planted(
        "handed",
        BINH,
        DUNG,
        GIANG,
        category=Category.QUAY_ROI,
        columns={"assignee_id": BINH.id},
    ),
    _planted("official", GIANG, category=Category.CONG_DOAN),
    _planted("denounced", DUNG, GIANG, kind=CaseKind.DENUNCIATION),
    _planted("leader", GIANG, about_id=DUNG.id),
    _planted("officer", BINH, DUNG, GIANG, about_id=AN.id, columns={"unit_id": KCN.id}),
    _planted("escalated", GIANG, columns={"unit_id": cast.TINH.id, "status": "escalated"}),
)
PROPOSALS = (
    _planted("proposal", AN, BINH, DUNG, GIANG),
    _planted("secretproposal", AN, DUNG, GIANG, columns={"category": "QUAY_ROI"}),
    # Bình works at the union over the site, which reads a cadre's proposal wherever it is now:
    # he finds it in the report of his colleague.
    _planted("escalatedproposal", AN, BINH, DUNG, GIANG, columns={"unit_id": cast.TINH.id}),
)


@pytest.fixture
def start() -> datetime:
    return SUNDAY


@pytest.fixture
def sent(monkeypatch: pytest.MonkeyPatch) -> Sent:
    return Sent(monkeypatch)


async def plant(town: Town) -> None:
    """A case of every kind at every site."""
    work, now = town.program.work, town.clock.now()
    for site in SITES:
        for one in CASES:
            words = f"Chuyện ở xưởng {one.word(site)} lâu nay"
            case = await a_case(work, now, site=site, text=words, **one.born)
            if one.columns:
                await set_case(work, case, **one.columns)


async def report(town: Town, one: Character) -> int:
    """An officer's first visit is reported, with proposals; returns the report's id."""
    work, now = town.program.work, town.clock.now()
    async with work.write() as session:
        found = await session.exec(
            select(Visit).where(Visit.officer_id == one.id).order_by(Visit.id)  # type: ignore[arg-type]
        )
        visit = found.first()
        assert visit is not None
        visit.status, visit.reported_at = VisitStatus.REPORTED, now
        made = VisitReport(
            visit_id=visit.id or 0,
            author_id=one.id,
            submitted_at=now,
            visited_on=date(2026, 11, 16),
            kind="committee",
            situation="Công nhân làm việc bình thường, bữa ăn ca đã khá hơn trước",
            workers_met=12,
        )
        session.add(made)
        await session.flush()
        site, report_id = next(s for s in SITES if s.id == visit.site_id), made.id or 0
    for planted in PROPOSALS:
        case = await a_case(
            work,
            now,
            site=site,
            text=f"Đề nghị {planted.word(site)} sớm",
            kind=CaseKind.PROPOSAL,
        )
        columns = {"report_id": report_id, "author_id": one.id, "reporter_id": None}
        await set_case(work, case, **columns, **planted.columns)
    return report_id


async def press(town: Town, people: list[Person]) -> None:
    """Everybody presses whatever leads to words of a case, offered or forged."""
    async with town.program.work.read() as session:
        cases = (await session.exec(select(Case.id).where(Case.site_id == SITES[0].id))).all()
        visits = (await session.exec(select(Visit.id))).all()
        reports = (await session.exec(select(VisitReport))).all()
        alerts = (await session.exec(select(Alert.id))).all()
    forged = [f"case:open:{key}" for key in cases]
    forged += [f"visit:open:{key}" for key in visits]
    for site in SITES:
        forged += [f"site:open:{site.id}"]
        forged += [f"site:{what}:{site.id}:0" for what in ("visits", "cases", "figures")]
    forged += ["site:mine:0", f"off:open:{AN.id}:0"]
    forged += [f"alert:open:{key}" for key in alerts[:3]]
    for one in reports:
        forged += [f"paper:min:{one.id}", f"report:show:{one.visit_id}"]
        forged += [f"ov:v:{one.visit_id}:0:0:{LISTED}"]
    forged += [f"ov:l:{LISTED}", "ov:l:case:20261116:0:0", "case:list:unit:0", "case:export"]
    for person in people:
        await person.send("/start")
        for data in forged:
            await person.forge(data, wait=False)
        await person.send("/kiennghi zqxharassment", wait=False)
    await town.settle()


async def test_words_of_a_case_reach_only_whom_the_table_lets_see_it(
    town: Town, sent: Sent
) -> None:
    await plant(town)
    everybody = [AN, BINH, CUC, DUNG, GIANG, HA, KHOA, MAI]
    people = [await town.person(one.name) for one in everybody]
    await town.move_to(cast.MONDAY)
    await report(town, AN)
    await press(town, [one for one in people if one.name in PRESSING])
    await town.move_to(cast.NEXT_MONDAY)
    async with town.program.work.read() as session:
        owed = (await session.exec(select(OutboxMessage))).all()
    for one in [*everybody, LAN]:
        words = sent.words(one.telegram_id)
        words += "\n".join(m.text for m in owed if m.person_id == one.id)
        heard = {
            planted.name
            for planted in (*CASES, *PROPOSALS)
            for site in SITES
            if planted.word(site) in words
        }
        may = {planted.name for planted in (*CASES, *PROPOSALS) if one in planted.readers}
        assert heard - may == set(), one.name
        assert may - heard == set(), f"{one.name} was not shown what is theirs to read"


async def test_an_officers_week_says_no_word_of_cases_that_are_not_theirs(
    town: Town, sent: Sent
) -> None:
    await plant(town)
    an = await town.person("An")
    await town.move_to(cast.MONDAY)
    monday = an.cards[-1]
    assert "được phân công đi cơ sở" in monday
    await an.click("📍") if any("📍" in label for label in an.buttons) else None
    async with town.program.work.read() as session:
        found = await session.exec(select(Visit).where(Visit.officer_id == AN.id))
        visits = [visit.id for visit in found.all()]
    for key in visits:
        await an.forge(f"visit:open:{key}")
    words = sent.words(AN.telegram_id)
    assert "zqxplain" in words
    for one in CASES:
        if AN not in one.readers:
            assert f"zqx{one.name}" not in words, one.name


async def test_an_administrator_who_opens_a_visit_reads_no_word_of_a_case(
    town: Town, sent: Sent
) -> None:
    await plant(town)
    ha = await town.person("Hà")
    await ha.send("/start")
    await town.move_to(cast.MONDAY)
    async with town.program.work.read() as session:
        visits = (await session.exec(select(Visit.id))).all()
    for key in visits:
        await ha.forge(f"visit:open:{key}")
    words = sent.words(HA.telegram_id)
    assert any(site.name in words for site in SITES), "the visit is theirs to see"
    assert "zqx" not in words
