"""The words that columns hold: read as members, written only from the list, old ones kept."""

from collections.abc import Iterator

import pytest
from sqlalchemy import Column, text
from sqlmodel import SQLModel, select

from bot.core.access import grants_of
from bot.core.rules.permissions import Action, Actor, Subject
from storage.enums import (
    CLOSED_STATUSES,
    OPEN_CASES,
    CaseKind,
    CaseStatus,
    Category,
    EventAuthor,
    Lane,
    Role,
    Severity,
)
from storage.models import Case, CaseEvent, OutboxMessage, metadata
from storage.store import Store
from storage.types import EnumNumber, EnumText
from tests import cast


def _columns() -> Iterator[Column]:
    for table in metadata.sorted_tables:
        yield from (c for c in table.columns if isinstance(c.type, EnumText | EnumNumber))


COLUMNS = list(_columns())
LATER = "later_version"


@pytest.mark.parametrize("column", COLUMNS, ids=str)
def test_every_member_fits_into_its_column_and_is_read_as_the_member(column: Column) -> None:
    kind = column.type
    assert isinstance(kind, EnumText | EnumNumber)
    for member in kind.enum:
        stored = kind.process_bind_param(member, None)
        assert type(stored) in (str, int)
        assert kind.process_result_value(stored, None) is member
        if isinstance(kind, EnumText):
            assert len(str(stored)) <= kind.length


@pytest.mark.parametrize("column", COLUMNS, ids=str)
def test_a_word_that_is_on_no_list_is_read_as_it_stands_and_never_written(column: Column) -> None:
    kind = column.type
    assert isinstance(kind, EnumText | EnumNumber)
    strange = LATER if isinstance(kind, EnumText) else 99
    assert kind.process_result_value(strange, None) == strange
    with pytest.raises(ValueError, match=str(strange)):
        kind.process_bind_param(strange, None)


def test_every_status_of_a_case_is_open_or_closed_and_not_both() -> None:
    assert sorted([*OPEN_CASES, *CLOSED_STATUSES]) == sorted(CaseStatus)


async def _case(store: Store, code: str) -> int:
    async with store.write() as session:
        unit = cast.KCN.id
        case = Case(code=code, text="lời", unit_id=unit, home_id=unit, created_at=cast.MONDAY)
        session.add(case)
        await session.flush()
        session.add(CaseEvent(case_id=case.id, at=cast.MONDAY, what="note"))
    assert case.id
    return case.id


async def test_columns_give_members_and_defaults_are_members(any_store: Store) -> None:
    await cast.settle(any_store)
    await _case(any_store, "A")
    async with any_store.write() as session:
        message = OutboxMessage(dedupe_key="k", text="", not_before=cast.MONDAY)
        message.created_at = cast.MONDAY
        session.add(message)
    async with any_store.read() as session:
        case = (await session.exec(select(Case))).one()
        event = (await session.exec(select(CaseEvent))).one()
        lane = (await session.exec(select(OutboxMessage.lane))).one()
    assert case.kind is CaseKind.CONCERN
    assert case.category is Category.KHAC
    assert case.severity is Severity.NORMAL
    assert case.status is CaseStatus.RECEIVED
    assert event.by is EventAuthor.PROGRAM
    assert lane is Lane.NOTICE


async def test_a_row_of_a_later_version_is_read_with_the_others_and_keeps_its_word(
    any_store: Store,
) -> None:
    """A new version is tried and the old one put back: its rows must not stop the lists."""
    await cast.settle(any_store)
    strange, plain = await _case(any_store, "A"), await _case(any_store, "B")
    async with any_store.engine.begin() as connection:
        sql = 'UPDATE "case" SET category = :word WHERE id = :id'
        await connection.execute(text(sql), {"word": LATER, "id": strange})
    async with any_store.write() as session:
        cases = {case.id: case for case in await session.exec(select(Case))}
        assert cases[strange].category == LATER
        assert cases[strange].category not in set(Category)
        assert cases[plain].category is Category.KHAC
        cases[strange].result = "khác"  # what else is written does not touch the word
    async with any_store.read() as session:
        case = await session.get(Case, strange)
        assert case
        assert (case.category, case.result) == (LATER, "khác")


@pytest.mark.parametrize("column", COLUMNS, ids=str)
def test_a_plain_word_set_on_a_row_is_its_member_at_once(column: Column) -> None:
    """Rules compare with `is`: between setting and reading a row must not say something else."""
    kind = column.type
    assert isinstance(kind, EnumText | EnumNumber)
    (of,) = [m.class_ for m in SQLModel._sa_registry.mappers if m.local_table is column.table]
    for member in kind.enum:
        assert getattr(of(**{column.name: member.value}), column.name) is member
        row = of()
        setattr(row, column.name, member.value)
        assert getattr(row, column.name) is member
    with pytest.raises(ValueError, match="setled"):
        setattr(of(), column.name, "setled")


async def test_a_role_of_a_later_version_gives_no_right_and_takes_none_away(
    any_store: Store,
) -> None:
    await cast.settle(any_store)
    sql = "INSERT INTO membership (person_id, role, unit_id) VALUES (:id, :word, :unit)"
    async with any_store.engine.begin() as connection:
        values = {"id": cast.AN.id, "word": LATER, "unit": cast.TINH.id}
        await connection.execute(text(sql), values)
    assert cast.AN.id
    async with any_store.read() as session:
        grants = (await grants_of(session, [cast.AN.id]))[cast.AN.id]
    assert [grant.role for grant in grants] == [Role.OFFICER, LATER]
    usual = Actor(cast.AN.id, grants=grants[:1])
    subject = Subject(cast.SEN_VANG.path, cast.AN.id)
    for action in Action:
        assert Actor(cast.AN.id, grants=grants).may(action, subject) == usual.may(action, subject)
        assert not Actor(cast.AN.id, grants=grants[1:]).may(action, subject)
