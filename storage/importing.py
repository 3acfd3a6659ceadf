"""What an import of units compares with, each in one query whatever the size of the list."""

from collections.abc import Collection, Iterator, Sequence
from typing import Any

from sqlalchemy import insert, update
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from storage.folding import name_order
from storage.journal import KEY as JOURNAL
from storage.journal import Journal
from storage.models import Cluster, ClusterUnit, StoredFile, Unit, UnitRating
from storage.models.base import Table

PORTION = 500  # rows in one statement


async def all_units(session: AsyncSession, *, locked: bool = False) -> Sequence[Unit]:
    """Every unit, the dissolved ones too; `locked` keeps other imports waiting."""
    query = select(Unit).order_by(col(Unit.id))
    return (await session.exec(query.with_for_update() if locked else query)).all()


async def top_paths(session: AsyncSession) -> Sequence[str]:
    """The paths of the units that have none above them."""
    rows = await session.exec(
        select(Unit.path).where(col(Unit.parent_id).is_(None), col(Unit.dissolved_on).is_(None))
    )
    return rows.all()


async def ids_by_code(session: AsyncSession) -> dict[str, int]:
    """Code in small letters -> id."""
    rows = await session.exec(select(Unit.code, Unit.id))
    return {code.casefold(): key for code, key in rows.all() if key is not None}


async def add_many(
    session: AsyncSession, table: type[Table], rows: Sequence[dict[str, Any]]
) -> None:
    """Many new rows; each names the same columns."""
    if journal := _journal(session):
        journal.note_rows(table, rows)
    for some in _portions(rows):
        await session.exec(insert(table), params=some)


async def change_units(session: AsyncSession, rows: Sequence[dict[str, Any]]) -> None:
    """Many units, each by its "id"; every row names the same columns."""
    if journal := _journal(session):
        units = {unit.id: unit for unit in await all_units(session)}
        for row in rows:
            journal.note_unit(units[row["id"]], row)
    for some in _portions(rows):
        await session.exec(update(Unit), params=some, execution_options={JOURNAL: True})


def _journal(session: AsyncSession) -> Journal | None:
    """Who writes down what this transaction changes, if anybody does."""
    journal: Journal | None = session.info.get(JOURNAL)
    return journal


def _portions(rows: Sequence[dict[str, Any]]) -> Iterator[Sequence[dict[str, Any]]]:
    # Between two portions others get their turn.
    return (rows[i : i + PORTION] for i in range(0, len(rows), PORTION))


async def ratings_of(session: AsyncSession, years: Collection[int]) -> Sequence[UnitRating]:
    query = select(UnitRating).where(col(UnitRating.year).in_(years))
    rows = await session.exec(query.order_by(col(UnitRating.unit_id), col(UnitRating.year)))
    return rows.all()


async def all_ratings(session: AsyncSession) -> Sequence[UnitRating]:
    query = select(UnitRating).order_by(col(UnitRating.unit_id), col(UnitRating.year))
    return (await session.exec(query)).all()


async def clusters(session: AsyncSession) -> Sequence[Cluster]:
    rows = await session.exec(select(Cluster).order_by(col(Cluster.id)))
    return sorted(rows.all(), key=lambda cluster: name_order(cluster.name))


async def cluster_units(session: AsyncSession) -> Sequence[ClusterUnit]:
    query = select(ClusterUnit).order_by(col(ClusterUnit.cluster_id), col(ClusterUnit.unit_id))
    return (await session.exec(query)).all()


async def same_content(session: AsyncSession, sha256: str) -> Sequence[StoredFile]:
    """Every file that somebody sent with this content."""
    rows = await session.exec(select(StoredFile).where(StoredFile.sha256 == sha256))
    return rows.all()
