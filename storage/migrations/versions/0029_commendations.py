"""What reports propose to commend, and what leaders decide about it"""

import sqlalchemy as sa
from alembic import op

revision = "0029"
down_revision = "0028"
branch_labels = None
depends_on = None

_RELEASED = sa.text("released_at IS NOT NULL")


def upgrade() -> None:
    op.add_column(
        "visit_report", sa.Column("commendation_kind", sa.String(length=32), nullable=True)
    )
    people = ("proposed_by", "passed_up_by", "decided_by", "released_by")
    op.create_table(
        "commendation",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("visit_id", sa.Integer(), nullable=False),
        sa.Column("site_id", sa.Integer(), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=32), nullable=True),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("proposed_by", sa.Integer(), nullable=False),
        sa.Column("proposed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("state", sa.String(length=32), nullable=False),
        sa.Column("passed_up_by", sa.Integer(), nullable=True),
        sa.Column("reason", sa.String(length=500), nullable=False),
        sa.Column("decided_by", sa.Integer(), nullable=True),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("released_words", sa.Text(), nullable=False),
        sa.Column("released_by", sa.Integer(), nullable=True),
        sa.Column("released_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("site_named", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["visit_id"], ["visit.id"], name=op.f("fk_commendation_visit_id_visit")
        ),
        *(
            sa.ForeignKeyConstraint(
                [column], ["unit.id"], name=op.f(f"fk_commendation_{column}_unit")
            )
            for column in ("site_id", "unit_id")
        ),
        *(
            sa.ForeignKeyConstraint(
                [column], ["person.id"], name=op.f(f"fk_commendation_{column}_person")
            )
            for column in people
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_commendation")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_commendation_visit_id"), "commendation", ["visit_id"])
    op.create_index(
        op.f("ix_commendation_unit_id_commendation_state"), "commendation", ["unit_id", "state"]
    )
    op.create_index(
        "ix_commendation_released",
        "commendation",
        ["released_at"],
        sqlite_where=_RELEASED,
        postgresql_where=_RELEASED,
    )


def downgrade() -> None:
    op.drop_table("commendation")
    with op.batch_alter_table("visit_report") as table:
        table.drop_column("commendation_kind")
