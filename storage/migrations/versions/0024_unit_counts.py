"""Workers and members of a site over time"""

import json
from datetime import UTC, datetime, time
from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0024"
down_revision = "0023"
branch_labels = None
depends_on = None

_FIGURES = ("workers", "women", "members")


def upgrade() -> None:
    table = op.create_table(
        "unit_count",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("workers", sa.Integer(), nullable=False),
        sa.Column("women", sa.Integer(), nullable=False),
        sa.Column("members", sa.Integer(), nullable=False),
        sa.Column("gained", sa.Integer(), nullable=False),
        sa.Column("source", sa.String(length=32), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.Column("visit_id", sa.Integer(), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_unit_count_unit_id_unit")),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_unit_count_person_id_person")
        ),
        sa.ForeignKeyConstraint(
            ["visit_id"], ["visit.id"], name=op.f("fk_unit_count_visit_id_visit")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_unit_count")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_unit_count_unit_id_unit_count_day"), "unit_count", ["unit_id", "day"])
    op.create_index(op.f("ix_unit_count_day"), "unit_count", ["day"])
    rows = _history(op.get_bind())
    if rows:
        op.bulk_insert(table, rows)


def _history(connection: sa.Connection) -> list[dict[str, Any]]:
    """What leaders decided, from the list's figures on; the last row has what counts now.

    New members of those days are in the visits' reports: nothing is gained here.
    """
    unit = sa.table("unit", *(sa.column(c) for c in ("id", *_FIGURES)))
    since = sa.column("known_since", sa.Date())
    units = connection.execute(sa.select(*unit.c, since).select_from(unit)).all()
    decided: dict[int, list[Any]] = {}
    for row in _decisions(connection):
        decided.setdefault(row.site_id, []).append(row)
    rows = []
    for key, *now, known in units:
        present = dict(zip(_FIGURES, now, strict=True))
        decisions = decided.get(key, [])
        states = [_figures_of(row) for row in decisions]
        figures = {f: next((s[f] for s in states if f in s), present[f]) for f in _FIGURES}
        at = datetime.combine(known, time(), UTC)
        row = {"unit_id": key, "day": known, "gained": 0, "source": "list"}
        row |= {"person_id": None, "visit_id": None, "at": at}
        rows.append(row | figures)
        for decision, state in zip(decisions, states, strict=True):
            figures = figures | state
            at = decision.decided_at
            day = (at.replace(tzinfo=UTC) if at.tzinfo is None else at).date()
            row |= {"day": day, "source": "report", "at": at}
            row |= {"person_id": decision.decided_by, "visit_id": decision.visit_id}
            rows.append(row | figures)
        if figures != present:
            rows.append(row | present | {"source": "list", "person_id": None, "visit_id": None})
    return [row for row in rows if any(row[f] for f in _FIGURES)]


def _decisions(connection: sa.Connection) -> list[Any]:
    """Decided suggestions that set a figure, the oldest first."""
    table = sa.table(
        "suggested_figures",
        *(sa.column(name) for name in ("id", "site_id", "visit_id", "decided", "decided_by")),
        sa.column("state"),
        sa.column("decided_at", sa.DateTime(timezone=True)),
    )
    rows = connection.execute(
        table.select()
        .where(table.c.state.in_(("accepted", "edited")), table.c.decided_at.is_not(None))
        .order_by(table.c.decided_at, table.c.id)
    ).all()
    return [row for row in rows if _figures_of(row)]


def _figures_of(row: Any) -> dict[str, int]:
    """What one decision set."""
    decided = json.loads(row.decided) if isinstance(row.decided, str) else row.decided
    if not isinstance(decided, dict):
        return {}
    return {name: decided[name] for name in _FIGURES if isinstance(decided.get(name), int)}


def downgrade() -> None:
    op.drop_table("unit_count")
