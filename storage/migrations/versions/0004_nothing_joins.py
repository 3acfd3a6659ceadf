"""Nothing joins a person and an anonymous case: a reporter a case, moments less exact"""

import json
import secrets
from datetime import UTC, datetime
from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

_WHEN = sa.DateTime(timezone=True)
_reporter = sa.table(
    "reporter",
    sa.column("id", sa.String),
    sa.column("look", sa.String),
    sa.column("consent_version", sa.String),
    sa.column("consent_at", _WHEN),
    sa.column("withdrawn_at", _WHEN),
    sa.column("unreachable_at", _WHEN),
    sa.column("unreachable", sa.Boolean),
)
_account = sa.table(
    "reporter_account", sa.column("look", sa.String), sa.column("unsealed", sa.Text)
)


def upgrade() -> None:
    op.create_table(
        "reporter_account",
        sa.Column("look", sa.String(length=64), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=True),
        sa.Column("unsealed", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("look", name=op.f("pk_reporter_account")),
    )
    with op.batch_alter_table("reporter", schema=None) as batch_op:
        batch_op.add_column(
            sa.Column("unreachable", sa.Boolean(), nullable=False, server_default=sa.false())
        )
    _accounts()
    with op.batch_alter_table("reporter", schema=None) as batch_op:
        batch_op.alter_column("unreachable", server_default=None)
        batch_op.drop_constraint(batch_op.f("uq_reporter_look"), type_="unique")
        for column in ("look", "consent_version", "consent_at", "withdrawn_at", "unreachable_at"):
            batch_op.drop_column(column)
    _coarser()


def _accounts() -> None:
    """The hashes stay; the rest waits in plain words for the next start, which has the key."""
    connection = op.get_bind()
    for row in connection.execute(sa.select(_reporter)).all():
        left = {
            "reporters": [row.id],
            "consent_version": row.consent_version,
            "consent_at": _text(row.consent_at),
            "withdrawn_at": _text(row.withdrawn_at),
        }
        connection.execute(_account.insert().values(look=row.look, unsealed=json.dumps(left)))
    connection.execute(
        _reporter.update()
        .where(_reporter.c.unreachable_at.is_not(None))
        .values(unreachable=sa.true())
    )


def _coarser() -> None:
    """To the day or the hour, what was kept to the second."""
    _round("person", "id", ("blocked_at", "seen_at"), "day")
    _round("reporter", "id", ("created_at",), "day")
    _round("inbox_update", "update_id", ("received_at", "done_at", "answered_at"), "hour")
    _round(
        "outbox_message", "id", ("created_at", "not_before", "sent_at"), "hour", "state = 'sent'"
    )
    clocks = ("created_at", "clock_from", "settle_by", "remind_at")
    _round("case", "id", clocks, "hour", "reporter_id IS NOT NULL")
    _round("case_event", "id", ("at",), "hour", "\"by\" = 'reporter'")
    _round("case_event", "id", ("at",), "day", "what IN ('unreachable', 'withdrawn', 'unnamed')")
    _round("stored_file", "id", ("created_at",), "hour", "private")
    connection = op.get_bind()
    files = sa.table(
        "stored_file",
        sa.column("id", sa.Integer),
        sa.column("unique_id", sa.String),
        sa.column("size", sa.Integer),
        sa.column("private", sa.Boolean),
    )
    ids = connection.execute(sa.select(files.c.id).where(files.c.private)).scalars().all()
    for file_id in ids:  # it was a hash that could be tried out
        chance = "r:" + secrets.token_hex(29)
        connection.execute(
            files.update().where(files.c.id == file_id).values(unique_id=chance, size=None)
        )


def _round(table: str, key: str, columns: tuple[str, ...], unit: str, where: str = "") -> None:
    rows = sa.table(table, sa.column(key), *(sa.column(name, _WHEN) for name in columns))
    query = sa.select(rows).where(sa.text(where)) if where else sa.select(rows)
    connection = op.get_bind()
    for row in connection.execute(query).all():
        values = {name: _coarse(getattr(row, name), unit) for name in columns}
        connection.execute(rows.update().where(rows.c[key] == row[0]).values(**values))


def _coarse(value: datetime | None, unit: str) -> datetime | None:
    if value is None:
        return None
    moment = _aware(value).replace(minute=0, second=0, microsecond=0)
    return moment.replace(hour=0) if unit == "day" else moment


def _aware(value: datetime) -> datetime:
    return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


def _text(value: Any) -> str | None:
    return _aware(value).isoformat() if value else None


def downgrade() -> None:
    raise NotImplementedError("a reporter a case cannot be folded into one an account again")
