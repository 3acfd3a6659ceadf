"""Results in reports of visits, what runs out at a site; corrected figures hold money"""

import sqlalchemy as sa
from alembic import op

revision = "0022"
down_revision = "0021"
branch_labels = None
depends_on = None

MONEY = ("computed", "value")


def upgrade() -> None:
    op.create_table(
        "site_term",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("visit_id", sa.Integer(), nullable=False),
        sa.Column("site_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=12), nullable=False),
        sa.Column("until", sa.Date(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("remind_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("reminded", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(["site_id"], ["unit.id"], name=op.f("fk_site_term_site_id_unit")),
        sa.ForeignKeyConstraint(
            ["visit_id"], ["visit.id"], name=op.f("fk_site_term_visit_id_visit")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_site_term")),
        sqlite_autoincrement=True,
    )
    for column in ("visit_id", "site_id", "remind_at"):
        op.create_index(op.f(f"ix_site_term_{column}"), "site_term", [column])
    # the default stays: without it the whole table would be written anew
    op.add_column(
        "visit_report", sa.Column("results", sa.JSON(), nullable=False, server_default="[]")
    )
    _retype(sa.BigInteger())


def _retype(money: sa.types.TypeEngine[int]) -> None:
    """SQLite's integers are as wide as need be."""
    if op.get_bind().dialect.name == "postgresql":
        for column in MONEY:
            op.alter_column("summary_correction", column, type_=money)


def downgrade() -> None:
    _retype(sa.Integer())
    with op.batch_alter_table("visit_report") as table:
        table.drop_column("results")
    op.drop_table("site_term")
