"""No page reads a whole table that grows with the years, and none takes longer every year.

SQLite says how it would answer each statement; without statistics it takes every table for a large
one, so that what it says of a small province holds for a big one. What it does not say is how many
rows an index brings: those of a unit, or of a status, are more every year. So the statements are
asked once more where few and where many years lie behind the province.
"""

import re
import sqlite3
from collections.abc import Callable, Iterable
from datetime import timedelta

import pytest
from sqlalchemy import create_engine, func
from sqlalchemy.exc import DatabaseError
from sqlmodel import col, select

from bot.app.upkeep import tidy
from bot.cases.services import sight
from bot.core.card import Card
from bot.core.rules.permissions import Actor
from storage.models import Visit, metadata
from storage.store import Store, sqlite_file
from tests import tour
from tests.growth import years
from tests.growth.conftest import ASSIGNED, WALKED, Province
from tests.tour import Sent, listening

# These grow with the province, its units and people, not with the years.
BOUNDED = {
    *("unit", "cluster", "cluster_unit", "person", "person_address", "membership", "vault_key"),
    *("unit_rating", "invitation", "letterhead", "leave", "schedule_mark"),
    *("obligation", "summary", "report_request"),  # a unit owes a handful of reports a year
    *("recruitment", "enterprise_survey"),  # of enterprises without a union
    *("unit_plan", "site_meeting"),  # a unit makes a plan a year, a committee has one calendar
    "org_change",  # a list that is imported, a change in chat
    "unit_past",  # a row where a unit moved or got another name
    *("unit_target", "declaration"),  # a handful a unit and year, by hand
    "group_chat",  # one or two a unit
    *("web_link", "web_session"),  # those of some days
    "announcement",  # written by hand, some a week; their readers are rows of the outbox
    *("draft", "sent_form", "tally", "barred_reporter"),  # kept for some days or months
    *("text_conversation", "address_code"),  # the same
}
GROWING = {table for table in metadata.tables if table not in BOUNDED}
PARTIAL = {
    index.name
    for table in metadata.tables.values()
    for index in table.indexes
    if index.dialect_options["sqlite"]["where"] is not None
}
# A part of the statement -> why it may go through a whole table.
ALLOWED = {
    "AS coalesce_1, unit_2.name": "the table of cases has a row for every case, in their order",
    'ORDER BY "case".id DESC\n LIMIT ? OFFSET ?': "where that table begins if there are too many",
}

ALLOWED_TO_GROW = ALLOWED  # what is read whole

_SCAN = re.compile(r"SCAN (\w+?)(?:_\d+)?(?: USING (?:COVERING )?INDEX (\w+))?$")


def whole_scans(plan: Iterable[str]) -> list[str]:
    """The steps of a plan that go through a growing table, all of it."""
    scans = []
    for step in plan:
        match = _SCAN.match(step)
        if match and match[1] in GROWING and match[2] not in PARTIAL:
            scans.append(step)
    return scans


def plans_of(connection: sqlite3.Connection, statements: Iterable[Sent]) -> dict[str, list[str]]:
    """Statement -> the growing tables it goes through whole; inserts of values read nothing."""
    scans: dict[str, list[str]] = {}
    for sent in statements:
        if sent.statement in scans or " VALUES " in sent.statement:
            continue
        steps = connection.execute(f"EXPLAIN QUERY PLAN {sent.statement}", sent.parameters or ())
        scans[sent.statement] = whole_scans(step[3] for step in steps)
    return scans


def not_understood(url: str, statements: Iterable[Sent]) -> dict[str, str]:
    """What an empty PostgreSQL answers to what was asked of SQLite: statement -> its complaint."""
    complaints: dict[str, str] = {}
    once = {sent.statement: sent for sent in statements if not sent.writes}
    engine = create_engine(url)
    with engine.connect() as connection:
        for sent in once.values():
            compiled = sent.clause.compile(engine)
            without_value = [name for bind, name in compiled.bind_names.items() if bind.required]
            try:
                connection.execute(sent.clause, {name: sent.named[name] for name in without_value})
            except DatabaseError as error:
                complaints[sent.statement] = str(error.orig)
            connection.rollback()
    engine.dispose()
    return complaints


def test_a_scan_is_seen_and_so_is_one_under_another_name() -> None:
    steps = ["SCAN visit", "SCAN case_1 USING INDEX ix_case_status", "SEARCH visit", "SCAN unit"]
    assert whole_scans(steps) == steps[:2]
    assert whole_scans(["SCAN case USING INDEX ix_case_not_emptied", "SCAN anon_1"]) == []


async def test_what_sqlite_alone_understands_is_told(store: Store, postgres_url: str) -> None:
    with listening(store) as statements:
        async with store.read() as session:
            await session.get(Visit, 1)
            await session.exec(select(Visit.site_id).offset(0))
            await session.exec(select(Visit.week, func.count()).group_by(col(Visit.site_id)))
    (complaint,) = not_understood(postgres_url, statements).values()
    assert 'column "visit.week" must appear in the GROUP BY clause' in complaint


def alike(card: Card) -> list[str]:
    """Labels under which this card has several buttons that do different things."""
    actions: dict[str, set[str]] = {}
    for button in (button for row in card.rows for button in row):
        actions.setdefault(button.label, set()).add(button.data)
    return [label for label, several in actions.items() if len(several) > 1]


@pytest.mark.parametrize("most", [tour.MOST, pytest.param(10 * tour.MOST, marks=pytest.mark.wide)])
async def test_no_statement_grows_or_is_sqlites_alone_and_no_two_buttons_look_alike(
    province: Province,
    fresh_url: Callable[[], str],
    postgres_url: str,
    most: int,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(tour, "MOST", most)  # the wide walk ends by itself, behind 3,300 cards
    statements = await province.by_itself()
    stops = await province.everybody()
    assert len(stops) > 500
    pairs = {
        name: labels for name, stop in stops.items() for c in stop.cards if (labels := alike(c))
    }
    assert not pairs, pairs
    for stop in stops.values():
        statements += stop.statements
    file = sqlite_file(province.work.store.url)
    with sqlite3.connect(str(file)) as connection:
        scans = plans_of(connection, statements)
    assert len(scans) > 200
    found = {
        statement: steps
        for statement, steps in scans.items()
        if steps and not any(part in statement for part in ALLOWED)
    }
    assert not found, "\n\n".join(f"{steps}\n{said[:3000]}" for said, steps in found.items())
    unused = [part for part in ALLOWED if not any(part in said for said in scans if scans[said])]
    assert not unused
    counted = []
    for size in (years.SHORT, years.LONG):
        store = Store(fresh_url())
        await years.fill(store, size)
        await store.close()
        counted.append(years.steps(sqlite_file(store.url), statements))
    grown = years.grown(*counted)
    longer = {s: n for s, n in grown.items() if not any(part in s for part in ALLOWED_TO_GROW)}
    assert not longer, "\n\n".join(f"{steps}\n{said[:3000]}" for said, steps in longer.items())
    assert len(grown) > len(longer), "the table of cases has more rows"
    assert not (complaints := not_understood(postgres_url, statements)), complaints


async def test_open_cases_of_sites_are_found_among_the_open_ones(province: Province) -> None:
    """Among all that ever came from these sites it takes longer every year."""
    with listening(province.work.store) as statements:
        async with province.work.read() as session:
            await sight.counted_at(session, Actor(1), range(1, 9), WALKED)
    (asked,) = statements
    with sqlite3.connect(str(sqlite_file(province.work.store.url))) as connection:
        plan = connection.execute(f"EXPLAIN QUERY PLAN {asked.statement}", asked.parameters)
        steps = [step[3] for step in plan]
    assert any("ix_case_status" in step for step in steps), steps


async def test_what_is_to_be_erased_is_looked_for_among_what_still_has_words(
    province: Province,
) -> None:
    """Among all that was ever closed it takes longer every year, and is every night the same."""
    with listening(province.work.store) as statements:
        await tidy(province.work, ASSIGNED)
        await tidy(province.work, ASSIGNED + timedelta(days=1))
    asked = {s.statement: s.parameters for s in statements if "emptied_at IS NULL" in s.statement}
    asked = {said: values for said, values in asked.items() if "closed_at" in said}
    assert len(asked) == 2
    with sqlite3.connect(str(sqlite_file(province.work.store.url))) as connection:
        for statement, parameters in asked.items():
            plan = connection.execute(f"EXPLAIN QUERY PLAN {statement}", parameters)
            steps = [step[3] for step in plan]
            assert any("ix_case_not_emptied" in step for step in steps), steps
