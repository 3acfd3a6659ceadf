"""Words, files and identities go in time; figures stay, and nothing goes too early."""

import hashlib
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from bot.app.upkeep import tidy
from bot.cases.services.retention import MANY, ensure_forgotten, months_before
from bot.core.context import Context
from bot.core.copies import copy_path, write_copy
from bot.core.rules.permissions import Actor, Grant
from bot.core.work import Work
from bot.units.services.uploads import Upload, find, keep
from bot.visits.services import offline_files
from storage import reporters
from storage.addresses import TELEGRAM, WEB
from storage.enums import Audience, CaseStatus, OutboxState, VisitKind
from storage.files import own_picture, showing
from storage.models import (
    Announcement,
    BarredReporter,
    Case,
    CaseEvent,
    CaseFile,
    Draft,
    IdentityView,
    OutboxMessage,
    PlanTask,
    Reporter,
    ReportFile,
    StoredFile,
    Visit,
    VisitReport,
    metadata,
)
from storage.store import Store
from tests import cast
from tests.cast import DUNG, KCN, LAN, MONDAY, SEN_VANG, VAULT
from tests.rows import every

CLOSED = MONDAY
IN_TIME = datetime(2028, 5, 16, 0, 0, tzinfo=UTC)
LATER = IN_TIME + timedelta(days=1)
SHA = "ab" * 32


@pytest.fixture
async def work(any_store: Store, settings: Any) -> Work:
    await cast.settle(any_store)
    return Work(any_store, settings, settings.make_calendar(), VAULT)


async def closed_case(work: Work, code: str = "ABC", **more: Any) -> int:
    """A worker's case with a file, an event and an old message, closed on that Monday."""
    values: dict[str, Any] = {
        "status": CaseStatus.ANSWERED,
        "closed_at": CLOSED,
        "category": "LUONG",
        "affected": 60,
    } | more
    async with work.write() as session:
        reporter = await reporters.add(session, VAULT, LAN.address, CLOSED)
        case = Case(
            code=code,
            unit_id=KCN.id,
            home_id=KCN.id,
            site_id=SEN_VANG.id,
            reporter_id=reporter.id,
            text="nợ lương",
            folded="no luong",
            result="đã trả",
            created_at=CLOSED,
            **values,
        )
        session.add(case)
        await session.flush()
        assert case.id is not None
        data = {"level": 2, "why": "một câu dài hơn hai mươi chữ"}
        session.add(CaseEvent(case_id=case.id, at=CLOSED, what="note", words="lời", data=data))
        session.add(IdentityView(case_id=case.id, person_id=DUNG.id, at=CLOSED))
        session.add(
            OutboxMessage(
                dedupe_key=f"told:{code}",
                reporter_id=reporter.id,
                text="đã trả lương",
                state=OutboxState.SENT,
                not_before=CLOSED,
                created_at=CLOSED,
            )
        )
        return case.id


async def with_file(work: Work, case_id: int, unique: str = "u1") -> None:
    copy = copy_path(work.settings.database.files, SHA)
    copy.parent.mkdir(parents=True, exist_ok=True)
    copy.write_bytes(b"a photo")
    async with work.write() as session:
        file = StoredFile(
            channel=TELEGRAM,
            reference="f",
            unique_id=unique,
            kind="photo",
            sha256=SHA,
            created_at=CLOSED,
        )
        session.add(file)
        await session.flush()
        session.add(CaseFile(case_id=case_id, file_id=file.id or 0))


async def rows(work: Work, table: Any) -> Any:
    async with work.read() as session:
        return (await session.exec(every(table))).all()


async def test_a_day_too_early_nothing_goes(work: Work) -> None:
    case_id = await closed_case(work)
    await with_file(work, case_id)
    await ensure_forgotten(work, IN_TIME - timedelta(days=1))
    (case,) = await rows(work, Case)
    assert (case.text, case.emptied_at) == ("nợ lương", None)
    assert copy_path(work.settings.database.files, SHA).exists()


async def test_in_time_words_files_and_identity_go_and_figures_stay(work: Work) -> None:
    case_id = await closed_case(work)
    await with_file(work, case_id)
    for day in range(2):
        await ensure_forgotten(work, LATER + timedelta(days=day))
    (case,) = await rows(work, Case)
    assert (case.text, case.folded, case.result, case.reporter_id) == ("", "", "", None)
    assert (case.category, case.affected, case.closed_at) == ("LUONG", 60, CLOSED)
    (event,) = await rows(work, CaseEvent)
    assert (event.what, event.words, event.data) == ("note", "", {"level": 2})
    assert [await rows(work, t) for t in (Reporter, OutboxMessage, StoredFile)] == [[], [], []]
    assert not copy_path(work.settings.database.files, SHA).exists()


async def test_who_has_another_case_stays_reachable(work: Work) -> None:
    await closed_case(work)
    await closed_case(work, "DEF", status=CaseStatus.IN_PROGRESS, closed_at=None)
    await ensure_forgotten(work, LATER)
    assert sorted(case.text for case in await rows(work, Case)) == ["", "nợ lương"]
    assert len(await rows(work, Reporter)) == 1


async def test_a_file_somebody_else_sent_too_stays_on_the_disk(work: Work) -> None:
    await with_file(work, await closed_case(work))
    other = await closed_case(work, "DEF", status=CaseStatus.IN_PROGRESS, closed_at=None)
    await with_file(work, other, "u2")
    await ensure_forgotten(work, LATER)
    assert len(await rows(work, StoredFile)) == 1
    assert copy_path(work.settings.database.files, SHA).exists()


async def test_a_duplicate_waits_for_the_case_it_was_folded_into(work: Work) -> None:
    main = await closed_case(work, status=CaseStatus.IN_PROGRESS, closed_at=None)
    await closed_case(work, "DEF", status=CaseStatus.MERGED, merged_into=main)
    await ensure_forgotten(work, LATER)
    assert [case.emptied_at for case in await rows(work, Case)] == [None, None]


async def test_messages_lose_their_words_and_logs_end(work: Work) -> None:
    await closed_case(work, status=CaseStatus.IN_PROGRESS, closed_at=None)
    async with work.write() as session:
        session.add(BarredReporter(look="x", by=DUNG.id, at=CLOSED))
        session.add(Draft(form="concern", owner="r:x", created_at=CLOSED, updated_at=CLOSED))
        session.add(Draft(form="report", owner="p:1", created_at=CLOSED, updated_at=CLOSED))
    await ensure_forgotten(work, CLOSED + timedelta(days=61))
    (message,) = await rows(work, OutboxMessage)
    assert (message.text, message.dedupe_key) == ("", "told:ABC")
    assert [draft.owner for draft in await rows(work, Draft)] == ["p:1"]
    assert len(await rows(work, BarredReporter)) == len(await rows(work, IdentityView)) == 1
    await ensure_forgotten(work, CLOSED + timedelta(days=367))
    assert await rows(work, BarredReporter) == []
    await ensure_forgotten(work, CLOSED + timedelta(days=732))
    assert await rows(work, IdentityView) == []


async def test_what_is_gone_is_not_left_in_the_file_nor_in_its_log(
    store: Store, settings: Any
) -> None:
    await cast.settle(store)
    work = Work(store, settings, settings.make_calendar(), VAULT)
    await closed_case(work)
    assert "đã trả lương".encode() in on_disk(settings)
    await tidy(work, LATER)
    assert "đã trả lương".encode() in on_disk(settings), "it was only looked at"
    await tidy(work, LATER + timedelta(days=1))
    assert "đã trả lương".encode() not in on_disk(settings)
    assert "nợ lương".encode() not in on_disk(settings)


async def texts(work: Work) -> set[str]:
    return {case.text for case in await rows(work, Case)}


async def test_a_clock_wrong_for_a_moment_erases_nothing(work: Work) -> None:
    await closed_case(work)
    now = MONDAY + timedelta(days=30)
    await tidy(work, now)
    for wrong in (timedelta(), timedelta(seconds=25), timedelta(hours=20)):
        await tidy(work, now + timedelta(days=800) + wrong)
    assert await texts(work) == {"nợ lương"}
    for nights in range(1, 4):
        await tidy(work, now + timedelta(days=nights))
    assert await texts(work) == {"nợ lương"}, "a look ahead of now does not count"


async def test_what_is_over_is_looked_at_a_night_before_it_goes(work: Work) -> None:
    await closed_case(work)
    await tidy(work, LATER)
    await tidy(work, LATER + timedelta(hours=22))
    assert await texts(work) == {"nợ lương"}
    await tidy(work, LATER + timedelta(days=1))
    assert await texts(work) == {""}


async def test_administrators_are_told_when_many_cases_are_about_to_go(work: Work) -> None:
    for number in range(MANY - 1):
        await closed_case(work, f"N{number}")
    await tidy(work, IN_TIME - timedelta(days=1))
    await closed_case(work, "LAST")
    assert not await erasing(work)
    await tidy(work, LATER)
    (message,) = await erasing(work)
    assert f"nội dung {MANY} phản ánh, kiến nghị đã kết thúc trước ngày 17/11/2026" in message.text
    assert "Hôm nay là 17/05/2028" in message.text
    assert message.person_id == cast.HA.id
    assert len(await texts(work)) == 1, "and nothing has gone yet"


async def erasing(work: Work) -> list[OutboxMessage]:
    return [m for m in await rows(work, OutboxMessage) if m.dedupe_key.startswith("erasing:")]


def on_disk(settings: Any) -> bytes:
    """The database and everything beside it."""
    file = Path(settings.database.url.removeprefix("sqlite+aiosqlite:///"))
    return b"".join(one.read_bytes() for one in file.parent.glob(f"{file.name}*"))


async def test_files_of_dropped_forms_and_lists_left_lying_go_at_night(work: Work) -> None:
    admin = Actor(cast.HA.id, "Hà", (Grant("administrator", ("/1/",)),))
    upload = Upload("t", "u", "units.xlsx", b"a list of units")
    list_id = await keep(Context(work, admin, MONDAY), upload)
    folder = work.settings.database.files
    (folder / SHA[:2]).mkdir(parents=True, exist_ok=True)
    copy_path(folder, SHA).write_bytes(b"a photo")
    given = {"kind": "photo", "private": True, "created_at": MONDAY}
    async with work.write() as session:
        session.add(
            StoredFile(id=91, channel=TELEGRAM, reference="a", unique_id="a", sha256=SHA, **given)
        )
        session.add(StoredFile(id=92, channel=TELEGRAM, reference="b", unique_id="b", **given))
        words = {"pieces": [], "files": [92]}
        draft = {"form": "concern", "owner": "r:x", "created_at": MONDAY, "updated_at": MONDAY}
        session.add(Draft(answers={"words": words}, **draft))
    for hours in (0, 24, 44):
        await tidy(work, MONDAY + timedelta(hours=hours))
    assert copy_path(folder, SHA).exists()
    for days in (2, 3):
        await tidy(work, MONDAY + timedelta(days=days))
    assert {file.id for file in await rows(work, StoredFile)} == {92, list_id}
    assert not copy_path(folder, SHA).exists()
    assert await find(work, admin, list_id) is not None
    for days in (8, 9):
        await tidy(work, MONDAY + timedelta(days=days))
    assert [file.id for file in await rows(work, StoredFile)] == [92]
    assert [one for one in folder.rglob("*") if one.is_file()] == []


async def test_a_pile_of_dropped_files_goes_in_as_many_nights_as_it_takes(
    work: Work, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A database takes so many ids in one question; the first night after an update has years."""
    monkeypatch.setattr("bot.cases.services.retention.FILES_A_NIGHT", 3)
    async with work.write() as session:
        for number in range(5):
            lost = {"channel": TELEGRAM, "reference": f"{number}", "unique_id": f"{number}"}
            session.add(StoredFile(kind="photo", private=True, created_at=MONDAY, **lost))
    numbers = sorted(file.id or 0 for file in await rows(work, StoredFile))
    await ensure_forgotten(work, MONDAY + timedelta(days=2))
    assert sorted(file.id or 0 for file in await rows(work, StoredFile)) == numbers[3:]
    await ensure_forgotten(work, MONDAY + timedelta(days=3))
    assert await rows(work, StoredFile) == []


@pytest.mark.parametrize(
    ("day", "months", "expected"),
    [
        ("2028-05-31", 3, "2028-02-29"),
        ("2027-01-15", 18, "2025-07-15"),
        ("2027-12-31", 12, "2026-12-31"),
    ],
)
def test_months_are_counted_on_the_calendar(day: str, months: int, expected: str) -> None:
    noon = datetime.fromisoformat(f"{day}T05:00+00:00")
    assert months_before(noon, months).date().isoformat() == expected


def _message(key: str, state: OutboxState, moment: datetime) -> OutboxMessage:
    return OutboxMessage(
        dedupe_key=key, text="", state=state, not_before=moment, created_at=moment, person_id=1
    )


async def test_a_message_of_more_than_a_year_ago_goes_with_its_key_unless_it_still_waits(
    work: Work,
) -> None:
    old, young = LATER - timedelta(days=401), LATER - timedelta(days=399)
    async with work.write() as session:
        session.add_all(_message(f"old:{state}", state, old) for state in OutboxState)
        session.add(_message("young", OutboxState.SENT, young))
    await ensure_forgotten(work, LATER)
    left = {message.dedupe_key for message in await rows(work, OutboxMessage)}
    assert left == {"old:pending", "old:sending", "young"}


async def test_many_old_messages_go_a_batch_at_a_time(
    work: Work, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.cases.services.retention.BATCH", 2)
    old = LATER - timedelta(days=401)
    async with work.write() as session:
        session.add_all(_message(f"{n}", OutboxState.SENT, old) for n in range(5))
    await ensure_forgotten(work, LATER)
    assert await rows(work, OutboxMessage) == []


async def test_pictures_of_our_own_go_after_some_weeks_but_not_before_they_were_sent(
    work: Work,
) -> None:
    folder = work.settings.database.files
    names = [write_copy(folder, data) for data in (b"sent", b"waiting", b"new")]
    async with work.write() as session:
        for number, name in enumerate(names):
            day = MONDAY + timedelta(days=50 * (number == 2))
            stored = await own_picture(session, name, 4, day)
            session.add(
                OutboxMessage(
                    dedupe_key=name,
                    person_id=DUNG.id,
                    subject=showing(stored.id or 0),
                    text="tuần này",
                    file_id=stored.id,
                    state=OutboxState.PENDING if number == 1 else OutboxState.SENT,
                    not_before=day,
                    created_at=day,
                )
            )
    for days in (60, 61, 62):
        await tidy(work, MONDAY + timedelta(days=days))
    assert [file.sha256 for file in await rows(work, StoredFile)] == names[1:]
    assert [copy_path(folder, name).exists() for name in names] == [False, True, True]
    messages = sorted(await rows(work, OutboxMessage), key=lambda m: m.id or 0)
    assert [m.file_id is None for m in messages] == [True, False, False]


async def test_what_a_phone_sent_ahead_of_a_report_that_never_came_goes_in_time(
    work: Work,
) -> None:
    folder = work.settings.database.files
    actor = Actor(DUNG.id, DUNG.full_name, (Grant("officer", (KCN.path,)),), address=DUNG.address)
    sent = datetime(2028, 3, 1, tzinfo=UTC)
    for content in (b"of no report", b"of a report", b"of yesterday"):
        at = LATER - timedelta(days=1) if content == b"of yesterday" else sent
        digest = hashlib.sha256(content).hexdigest()
        photo = offline_files.PhoneFile(digest, "photo", "", content, content)
        await offline_files.keep(Context(work, actor, at), photo)
    files = {file.sha256: file for file in await rows(work, StoredFile)}
    of_report = files[hashlib.sha256(b"of a report").hexdigest()]
    async with work.write() as session:
        visit = Visit(
            key="given:1",
            week=MONDAY.date(),
            site_id=SEN_VANG.id,
            unit_id=KCN.id,
            officer_id=DUNG.id,
            created_at=MONDAY,
        )
        session.add(visit)
        await session.flush()
        report = VisitReport(
            visit_id=visit.id,
            author_id=DUNG.id,
            submitted_at=sent,
            visited_on=sent.date(),
            kind=VisitKind.DIALOGUE,
        )
        session.add(report)
        await session.flush()
        session.add(ReportFile(report_id=report.id, file_id=of_report.id))
    await ensure_forgotten(work, LATER)
    left = {file.sha256 for file in await rows(work, StoredFile)}
    gone = hashlib.sha256(b"of no report").hexdigest()
    assert left == set(files) - {gone}
    assert not copy_path(folder, gone).exists()
    assert all(copy_path(folder, sha256 or "").exists() for sha256 in left)


async def test_what_the_staff_sent_goes_in_time_where_nothing_names_it(work: Work) -> None:
    """With forms that were dropped, by any door; what a form, a task or an announcement names
    stays."""
    folder, sent = work.settings.database.files, datetime(2028, 3, 1, tzinfo=UTC)
    named = ("of a form", "of a task", "announced", "of yesterday", "a worker's")
    ids: dict[str, int] = {}
    async with work.write() as session:
        for content in ("dropped", *named):
            file = StoredFile(
                channel=WEB,
                reference="",
                unique_id=content,
                kind="photo",
                name="xuong.jpg",
                private=content == "a worker's",
                sha256=write_copy(folder, content.encode()),
                created_at=LATER - timedelta(hours=20) if content in named[-2:] else sent,
            )
            session.add(file)
            await session.flush()
            ids[content] = file.id or 0
        session.add(
            StoredFile(
                channel=TELEGRAM, reference="f", unique_id="t", kind="voice", created_at=sent
            )
        )
        answers = {"situation": {"pieces": [], "files": [ids["of a form"]]}}
        draft = {"form": "report", "owner": f"p:{DUNG.id}", "created_at": sent, "updated_at": sent}
        session.add(Draft(answers=answers, **draft))
        task = PlanTask(
            plan="sat-co-so",
            number="1",
            unit_id=KCN.id,
            year=2028,
            taken_by=DUNG.id,
            due=sent.date(),
            due_set_at=sent,
            files=[ids["of a task"]],
            created_at=sent,
            updated_at=sent,
            updated_by=DUNG.id,
        )
        session.add(task)
        session.add(
            Announcement(
                author_id=DUNG.id,
                unit_id=KCN.id,
                audience=Audience.OFFICERS,
                words="họp",
                file_id=ids["announced"],
                created_at=sent,
            )
        )
    await ensure_forgotten(work, LATER)
    assert sorted(file.unique_id for file in await rows(work, StoredFile)) == sorted(named)
    gone = hashlib.sha256(b"dropped").hexdigest()
    assert not copy_path(folder, gone).exists()
    assert len([one for one in folder.rglob("*") if one.is_file()]) == len(named)


def test_every_column_that_names_files_is_asked_before_one_goes() -> None:
    """A list of files is found by its name, "files"; what names one alone stands in the program."""
    columns = {f"{table.name}.{c.name}" for table in metadata.sorted_tables for c in table.c}
    assert {name for name in columns if "file" in name.partition(".")[2]} == {
        *("announcement.file_id", "case_file.file_id", "report_file.file_id"),
        "outbox_message.file_id",  # of announcements, and pictures of our own
        *("declaration.files", "plan_task.files", "plan_task_event.files"),
        *("summary_section.files", "unit_plan.files"),
    }
