"""Figures that reports suggest for a site wait until the unit's leader decides"""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "suggested_figures",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("site_id", sa.Integer(), nullable=False),
        sa.Column("visit_id", sa.Integer(), nullable=True),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("suggested_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("workers", sa.Integer(), nullable=True),
        sa.Column("women", sa.Integer(), nullable=True),
        sa.Column("members", sa.Integer(), nullable=True),
        sa.Column("rating", sa.String(length=32), nullable=True),
        sa.Column("state", sa.String(length=32), nullable=False),
        sa.Column("decided", sa.JSON(), nullable=False),
        sa.Column("decided_by", sa.Integer(), nullable=True),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["decided_by"], ["person.id"], name=op.f("fk_suggested_figures_decided_by_person")
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_suggested_figures_person_id_person")
        ),
        sa.ForeignKeyConstraint(
            ["site_id"], ["unit.id"], name=op.f("fk_suggested_figures_site_id_unit")
        ),
        sa.ForeignKeyConstraint(
            ["visit_id"], ["visit.id"], name=op.f("fk_suggested_figures_visit_id_visit")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_suggested_figures")),
        sqlite_autoincrement=True,
    )
    for column in ("site_id", "state", "visit_id"):
        op.create_index(op.f(f"ix_suggested_figures_{column}"), "suggested_figures", [column])


def downgrade() -> None:
    op.drop_table("suggested_figures")
