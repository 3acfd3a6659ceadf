"""The checker finds each broken invariant, and nothing where all is well."""

import sqlite3
import tomllib
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import text
from sqlmodel import select

from bot.cases.services import merging
from bot.config.settings import Settings
from bot.core.context import Context
from bot.core.work import Work
from bot.demo import seed
from bot.people.services import web_sessions
from bot.programmes import load
from bot.recruitment.services import pipeline
from bot.summaries.services import corrections, obligations, sending
from bot.units.rules.counts import Figures
from bot.units.services import own_figures
from bot.visits.facts.report_answers import ReportAnswers
from bot.visits.services import reports
from bot.visits.services.assignment import ensure_week_assigned
from storage.enums import Device
from storage.invariants import QUERIES
from storage.models import Draft, InboxUpdate, Recruitment, metadata
from storage.store import Store, sqlite_file
from tests import cast, soundness
from tests.cases.help import a_case, acting
from tests.storage import copies
from tests.summaries.help import all_written, owes

NOW = cast.MONDAY + timedelta(hours=3)
LATER = NOW + timedelta(days=2)
COLUMNS = {"visited_on": cast.MONDAY.date(), "kind": "committee", "workers_met": 10}
STORY = tomllib.loads(Path("bot/demo/province.toml").read_text(encoding="utf-8"))
AGREED = [{"what": "Sửa quạt ở xưởng 2", "who": "Công ty", "until": "2026-12-01"}]


@pytest.fixture
async def busy(any_store: Store, settings: Settings) -> Store:
    """A bit of everything, as the services leave it."""

    async def fill(store: Store) -> None:
        await _fill(store, settings)

    await copies.made(any_store, "a bit of everything", fill)
    return any_store


async def _fill(store: Store, settings: Settings) -> None:
    await cast.settle(store)
    plans = load(settings.programmes)
    work = Work(store, settings, settings.make_calendar(), cast.VAULT, plans)
    await ensure_week_assigned(work, cast.MONDAY)
    an, dung = await acting(work, cast.AN), await acting(work, cast.DUNG)
    context = Context(work, an, NOW)
    answers = ReportAnswers({**COLUMNS, "agreements": AGREED}, proposals=("Tăng tiền ăn ca",))
    sent = await reports.submit_unplanned(context, cast.SEN_VANG.id, answers)
    await reports.submit(context, sent.visit.id or 0, answers)
    case, other = [await a_case(work, NOW, text=f"Cơm ca nguội {n}") for n in "ab"]
    await merging.merge(Context(work, dung, NOW), case.id or 0, other.id or 0)
    await obligations.ensure_obligations(work, NOW)
    owed = await owes(work)
    await all_written(work, owed, now=NOW)
    await corrections.correct(Context(work, an, NOW), owed, "unions", 4, "Thiếu một lượt")
    await sending.send(Context(work, dung, NOW), owed)
    await pipeline.begin(Context(work, dung, NOW), cast.VI_NA_SUN.id)
    await own_figures.set_by_leader(
        Context(work, dung, NOW), cast.SEN_VANG.id, Figures(1850, 1200, 1795), mended=False
    )
    new_link = await web_sessions.own_link(context)
    await web_sessions.enter(work, new_link.code, Device.PHONE, NOW)
    async with store.write() as session:
        session.add(Draft(form="report", owner="p:1", created_at=NOW, updated_at=NOW))
        session.add(Draft(form="concern", owner="r:00ff", created_at=NOW, updated_at=NOW))
        session.add(InboxUpdate(channel="telegram", update_id=7, received_at=NOW))
        session.add(InboxUpdate(channel="telegram", update_id=6, received_at=NOW, answered_at=NOW))


BREAK: dict[str, str] = {
    "draft.owner": "UPDATE draft SET owner = 'p:77' WHERE owner = 'p:1'",
    "reporter.case": "UPDATE \"case\" SET reporter_id = NULL WHERE status = 'merged'",
    "visit.week_planned": "DELETE FROM week_plan",
    "week_plan.this_week": "UPDATE week_plan SET week = '2026-11-09'",
    "visit.excuse_answered": "UPDATE visit SET excuse_asked = 'Ốm' WHERE status = 'reported'",
    "visit.open_due": "UPDATE visit SET remind_at = NULL WHERE status = 'planned'",
    "visit.reported": "UPDATE visit SET status = 'missed' WHERE status = 'reported'",
    "visit.acknowledged": "UPDATE visit_event SET what = 'reported'",
    "visit_report.versions": "UPDATE visit_report SET version = version + 5",
    "promise.closed": "UPDATE promise SET state = 'done'",
    "case.open_due": 'UPDATE "case" SET remind_at = NULL',
    "case.open_deadline": 'UPDATE "case" SET settle_by = NULL',
    "case.open_raised": 'UPDATE "case" SET author_id = NULL, reporter_id = NULL',
    "case.born": "DELETE FROM case_event",
    "case.merged": 'UPDATE "case" SET merged_into = NULL',
    "obligation.open_due": "UPDATE obligation SET remind_at = NULL",
    "summary.unit": "UPDATE summary SET unit_id = 3",
    "summary.version": "UPDATE summary SET version = 2",
    "summary_section.revisions": "UPDATE summary_section SET revision = 2",
    "summary_correction.latest": "UPDATE summary_correction SET latest = (id = 0)",
    "unit.newest_count": "UPDATE unit SET members = members + 1 WHERE id = 11",
    "recruitment.founded": "UPDATE recruitment SET state = 'founded'",
    "unit_past.place": "INSERT INTO unit_past (unit_id, path, name, last_day) "
    "VALUES (11, '/1/3/', 'May Sen Vàng', '2026-01-31')",
    "org_change.state": "INSERT INTO org_change (kind, state, title, lines, more, rows, "
    "effective_on, created_at) VALUES ('move', 'planned', 'Chuyển', '[]', 0, '[]', "
    "'2026-12-01', '2026-11-16 00:00:00')",
    "membership.place": "UPDATE membership SET cluster_id = 1 WHERE id = 1",
    "web_session.of_staff": "DELETE FROM person_address WHERE channel = 'web'",
    "inbox_update.handled": "UPDATE inbox_update SET attempts = 3",
    "inbox_update.erased": "UPDATE inbox_update SET answer = x'00'",
    "outbox_message.sending": "UPDATE outbox_message SET state = 'sending'",
    "outbox_message.pending": "UPDATE outbox_message SET not_before = '2026-10-10 00:00:00'",
    "outbox_message.reader": "UPDATE outbox_message SET person_id = NULL",
    "unit.path": "UPDATE unit SET path = '/1/3/11/' WHERE id = 11",
    "case.reachable_owner": "DELETE FROM person_address",
}
WITH_TIME = ("inbox_update.handled", "week_plan.this_week")


@pytest.fixture(params=["sqlite", "postgresql"])
def any_url(request: pytest.FixtureRequest) -> str:
    """PostgreSQL answers the same queries; what is broken on purpose is broken on SQLite."""
    on_postgresql = request.param == "postgresql"
    url: str = request.getfixturevalue("postgres_url" if on_postgresql else "sqlite_url")
    return url


async def test_what_the_services_leave_is_sound(busy: Store) -> None:
    assert await soundness.broken(busy, NOW) == []


def test_every_query_is_broken_on_purpose() -> None:
    assert BREAK.keys() == QUERIES.keys() | {"unit.path", "case.reachable_owner"}


@pytest.mark.parametrize("any_url", ["sqlite"], indirect=True)
@pytest.mark.parametrize("name", BREAK)
async def test_each_broken_invariant_is_found_with_its_rows(busy: Store, name: str) -> None:
    async with busy.write() as session:
        await (await session.connection()).execute(text(BREAK[name]))
    moment = LATER if name in WITH_TIME else NOW
    found = {one.name: one.rows for one in await soundness.broken(busy, moment)}
    assert found.get(name), found


CHANGES = {
    "done without a day": ("done", "NULL", "NULL", "NULL"),
    "taken back without a day": ("undone", "'2026-11-16 00:00:00'", "NULL", "NULL"),
    "what was before, of one never done": ("dropped", "NULL", "NULL", "'{\"unit\": []}'"),
    "planned and long past its day": ("planned", "NULL", "NULL", "NULL"),
}


@pytest.mark.parametrize("any_url", ["sqlite"], indirect=True)
@pytest.mark.parametrize("columns", CHANGES.values(), ids=list(CHANGES))
async def test_a_change_of_units_says_how_far_it_has_come(
    busy: Store, columns: tuple[str, str, str, str]
) -> None:
    state, done, undone, before = columns
    insert = (
        "INSERT INTO org_change (kind, state, title, lines, more, rows, effective_on, created_at, "
        f"remind_at, done_at, undone_at, before) VALUES ('move', '{state}', 'Chuyển', '[]', 0, "
        f"'[]', '2026-11-01', '2026-11-01 00:00:00', '2026-11-01 00:00:00', {done}, {undone}, "
        f"{before})"
    )
    async with busy.write() as session:
        await (await session.connection()).execute(text(insert))
    assert [found.name for found in await soundness.broken(busy, NOW)] == ["org_change.state"]


@pytest.mark.parametrize("any_url", ["sqlite"], indirect=True)
async def test_a_unit_was_not_there_yet_only_before_all_else(busy: Store) -> None:
    insert = (
        "INSERT INTO unit_past (unit_id, path, name, last_day) VALUES "
        "(11, '/1/2/11/', 'May', '2026-01-31'), (11, '', 'May', '2026-02-28')"
    )
    async with busy.write() as session:
        await (await session.connection()).execute(text(insert))
    assert [found.name for found in await soundness.broken(busy, NOW)] == ["unit_past.place"]


@pytest.mark.parametrize("any_url", ["sqlite"], indirect=True)
async def test_every_row_that_points_to_nothing_is_found(busy: Store) -> None:
    broken = set()
    with closing(sqlite3.connect(sqlite_file(busy.url))) as raw:  # knows no foreign keys
        for table in metadata.sorted_tables:
            for key in table.foreign_keys:
                value = "nothing" if key.parent.type.python_type is str else 999_999
                one = f'(SELECT max(rowid) FROM "{table.name}" WHERE {key.parent.name} != ?)'
                change = f'UPDATE "{table.name}" SET {key.parent.name} = ? WHERE rowid = {one}'
                done = raw.execute(change, [value, value])
                broken |= {f"orphan:{key.parent}"} if done.rowcount else set()
        raw.commit()
    found = {one.name for one in await soundness.broken(busy, NOW)}
    assert len(broken) > 30
    assert broken <= found


@pytest.mark.parametrize("any_url", ["sqlite"], indirect=True)
async def test_leaders_none_of_whom_is_reached_leave_a_case_without_an_owner(busy: Store) -> None:
    async def block(condition: str) -> None:
        async with busy.write() as session:
            await (await session.connection()).execute(
                text(f"UPDATE person SET blocked_at = joined_at WHERE {condition}")
            )

    await block("id = 4")
    assert await soundness.broken(busy, NOW) == [], "who leads above is told"
    await block("id != 1")
    assert await soundness.broken(busy, NOW)
    async with busy.write() as session:
        await (await session.connection()).execute(
            text("UPDATE \"case\" SET assignee_id = 1 WHERE status = 'received'")
        )
    assert await soundness.broken(busy, NOW) == []


@pytest.mark.wide
async def test_the_demo_province_is_sound(store: Store, settings: Settings) -> None:
    work = Work(store, settings, settings.make_calendar(), cast.VAULT, load(settings.programmes))
    await seed.seed(work, STORY, cast.MONDAY - timedelta(hours=7))
    assert await soundness.broken(store, cast.MONDAY) == []
    async with work.read() as session:
        steps = (await session.exec(select(Recruitment.step))).all()
    assert len({*steps}) == len(steps) == 4, "enterprises stand at several steps"
