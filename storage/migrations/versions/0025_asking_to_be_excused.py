"""Who cannot go asks a leader: why, until there is an answer; who excused a visit stands with it"""

import sqlalchemy as sa
from alembic import op

revision = "0025"
down_revision = "0024"
branch_labels = None
depends_on = None

_WHERE = sa.text("excuse_asked != ''")


def upgrade() -> None:
    # the default stays: without it the whole table would be written anew
    op.add_column(
        "visit", sa.Column("excuse_asked", sa.String(500), nullable=False, server_default="")
    )
    op.add_column("visit", sa.Column("excused_by", sa.Integer(), nullable=True))
    op.create_index(
        "ix_visit_excuse_asked", "visit", ["week"], sqlite_where=_WHERE, postgresql_where=_WHERE
    )
    _name_who_excused()


def _name_who_excused() -> None:
    """Where the last word was not its officer's: as it was counted before. 0: the program's."""
    visit = sa.table("visit", *(sa.column(c) for c in ("id", "status", "officer_id", "excused_by")))
    event = sa.table("visit_event", *(sa.column(c) for c in ("id", "visit_id", "actor_id", "what")))
    excuser = (
        sa.select(sa.func.coalesce(event.c.actor_id, 0))
        .where(event.c.visit_id == visit.c.id, event.c.what == "excused")
        .order_by(event.c.id.desc())
        .limit(1)
        .correlate(visit)
        .scalar_subquery()
    )
    op.execute(
        visit.update()
        .where(visit.c.status == "excused")
        .values(excused_by=sa.func.nullif(excuser, visit.c.officer_id))
    )


def downgrade() -> None:
    op.drop_index("ix_visit_excuse_asked", "visit")
    with op.batch_alter_table("visit") as table:
        table.drop_column("excused_by")
        table.drop_column("excuse_asked")
