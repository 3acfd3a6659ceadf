"""The words of a case reach nobody whom the permission table does not let see that case.

A case of every sensitive kind is planted at every site, each with a word of its own. Then a week
goes by, everybody presses every button they have and every button that others have, and whatever
the program sent anybody is searched: messages, edits, answers to buttons, files unpacked, and the
outbox. Whom the table lets read a word reads it, else the search would prove nothing.
"""

import io
import re
import zipfile
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, time
from typing import Any

import pytest
from sqlmodel import select
from telegram import InputFile
from telegram.ext import ExtBot

from bot.documents import pdf
from bot.rules.calendar import at
from bot.rules.cases import CaseKind, Category
from storage.models import Case, OutboxMessage, Visit, VisitReport, VisitStatus
from tests import cast
from tests.case_help import a_case, set_case
from tests.cast import AN, BINH, CUC, DUNG, GIANG, HA, KCN, KHOA, LAN, MAI, Character
from tests.client import Person, Town

SUNDAY = at(date(2026, 11, 15), time(20, 0))
SITES = (cast.SEN_VANG, cast.TAN_LUA)
CHANGES = re.compile(
    r"^case:(set|give|close|take|merge|gather|link|escalate|refer|guide|settle|reopen|ask|note):"
    r"|^(sup|people|data|draft|f|import|alert:seen|report:fix|sum|obl|letter|leave)\b"
)
"""Buttons that would move the cases, the visits or the people that this test is about."""


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
    _planted("climbed", GIANG, columns={"unit_id": cast.TINH.id, "status": "escalated"}),
    _planted("raisedbyhim", GIANG, by=KHOA, columns={"unit_id": cast.TINH.id}),
)
PROPOSALS = (
    _planted("proposal", AN, BINH, DUNG, GIANG),
    _planted("secretproposal", AN, DUNG, GIANG, columns={"category": "QUAY_ROI"}),
    _planted("climbedproposal", AN, BINH, DUNG, GIANG, columns={"unit_id": cast.TINH.id}),
)


@pytest.fixture
def start() -> datetime:
    return SUNDAY


class Sent:
    """Everything that was ever sent to a chat, edits and files too, as one text each."""

    def __init__(self) -> None:
        self.to: dict[int, list[str]] = defaultdict(list)

    def take(self, data: dict[str, Any]) -> None:
        if chat := data.get("chat_id"):
            self.to[int(chat)] += [text for value in data.values() for text in _texts(value)]

    def words(self, chat: int) -> str:
        return "\n".join(self.to[chat])


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, InputFile):
        content = value.input_file_content
        yield from unpacked(content if isinstance(content, bytes) else content.read())
    elif isinstance(value, list | tuple):
        for one in value:
            yield from _texts(one)
    elif value is not None:
        yield str(value)


def unpacked(data: bytes) -> Iterator[str]:
    """The text of a file, of docx and xlsx that of every part."""
    if data[:2] != b"PK":
        yield data.decode("utf-8", "replace")
        return
    with zipfile.ZipFile(io.BytesIO(data)) as parts:
        for name in parts.namelist():
            yield re.sub(r"<[^>]+>", "", parts.read(name).decode("utf-8", "replace"))


@pytest.fixture
def sent(monkeypatch: pytest.MonkeyPatch) -> Sent:
    sent, post = Sent(), ExtBot._do_post

    async def _do_post(self: Any, endpoint: str, data: dict[str, Any], **more: Any) -> Any:
        sent.take(data)
        return await post(self, endpoint, data, **more)

    monkeypatch.setattr(ExtBot, "_do_post", _do_post)
    monkeypatch.setattr(pdf, "program", lambda: "soffice")
    monkeypatch.setattr(pdf, "convert", lambda docx: docx)  # its words are the docx's
    return sent


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


async def tour(person: Person, limit: int = 70) -> set[str]:
    """Press one button of each shape, whatever changes the cases left out; all that was there."""
    seen: dict[str, str] = {}
    for command in ("/start", "/tongquan", "/kiennghi", "/baocaonam", "/canhbao", "/tuannay"):
        await person.send(command)
        for _ in range(limit):
            offered = {
                _shape(b["callback_data"]): b["callback_data"]
                for message in person.messages
                for row in message.get("buttons", [])
                for b in row
                if b.get("callback_data")
            }
            new = {shape: data for shape, data in offered.items() if shape not in seen}
            if not new:
                break
            seen |= new
            for data in new.values():
                if not CHANGES.match(data):
                    await person.forge(data, wait=False)
            await person.town.settle()
    return set(seen.values())


def _shape(data: str) -> str:
    return re.sub(r"\d+", "#", data)


async def forge(town: Town, people: list[Person], buttons: set[str]) -> None:
    """Everybody presses what others were offered, and every case and visit there is."""
    async with town.program.work.read() as session:
        cases = (await session.exec(select(Case.id))).all()
        visits = (await session.exec(select(Visit.id))).all()
        reports = (await session.exec(select(VisitReport.id))).all()
    forged_lists = {"case:list:unit:0", "case:list:mine:0", "case:export"}
    forged = forged_lists | {data for data in buttons if not CHANGES.match(data)}
    forged |= {f"case:{what}:{key}" for key in cases for what in ("open", "sheet")}
    forged |= {f"case:log:{key}:0" for key in cases[:9]}
    forged |= {f"visit:{what}:{key}" for key in visits for what in ("open", "day")}
    forged |= {f"ov:v:{key}:0:0:case.2026-11-16.1.0" for key in visits}
    forged |= {f"ov:l:case:{monday}:{unit}:0" for monday in ("20261116",) for unit in (0, 1, 2)}
    forged |= {f"report:show:{key}" for key in visits} | {f"paper:min:{key}" for key in reports}
    for person in people:
        for data in sorted(forged):
            await person.forge(data, wait=False)
        for planted in (*CASES, *PROPOSALS):
            await person.send(f"/kiennghi {planted.word(SITES[0])}", wait=False)
    await town.settle()


async def test_words_of_a_case_reach_only_whom_the_table_lets_see_it(
    town: Town, sent: Sent
) -> None:
    await plant(town)
    everybody = [AN, BINH, CUC, DUNG, GIANG, HA, KHOA, MAI]
    people = [await town.person(one.name) for one in everybody]
    await town.move_to(cast.MONDAY)
    await report(town, AN)
    buttons: set[str] = set()
    for person in people:
        buttons |= await tour(person)
    await forge(town, people, buttons)
    await town.move_to(cast.NEXT_MONDAY)
    assert len(buttons) > 60, "the tour finds nearly every button there is"
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
        assert heard - may - {"raisedbyhim" if one is KHOA else ""} == set(), one.name
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
    assert any(site.name in card for card in ha.cards for site in SITES), "it is theirs to see"
    assert "zqx" not in sent.words(HA.telegram_id)
