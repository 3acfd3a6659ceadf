"""How enterprises without a union come to one"""

from datetime import datetime

import sqlalchemy as sa
from alembic import op

revision = "0028"
down_revision = "0027"
branch_labels = None
depends_on = None


def _moment(name: str, *, nullable: bool = False) -> sa.Column[datetime]:
    return sa.Column(name, sa.DateTime(timezone=True), nullable=nullable)


def _to(table: str, column: str, other: str) -> sa.ForeignKeyConstraint:
    name = op.f(f"fk_{table}_{column}_{other}")
    return sa.ForeignKeyConstraint([column], [f"{other}.id"], name=name)


def upgrade() -> None:
    op.create_table(
        "recruitment",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("site_id", sa.Integer(), nullable=False),
        sa.Column("step", sa.String(length=32), nullable=False),
        sa.Column("state", sa.String(length=32), nullable=False),
        sa.Column("owner_id", sa.Integer(), nullable=True),
        _moment("moved_at"),
        sa.Column("willing", sa.Integer(), nullable=True),
        sa.Column("applications", sa.Integer(), nullable=True),
        sa.Column("congress_on", sa.Date(), nullable=True),
        sa.Column("stopped_why", sa.Text(), nullable=False),
        sa.Column("founded_on", sa.Date(), nullable=True),
        _moment("founded_at", nullable=True),
        sa.Column("founded_by", sa.Integer(), nullable=True),
        sa.Column("decision_number", sa.String(length=60), nullable=False),
        sa.Column("decided_on", sa.Date(), nullable=True),
        _moment("remind_at", nullable=True),
        sa.Column("reminded", sa.JSON(), nullable=False),
        _to("recruitment", "site_id", "unit"),
        _to("recruitment", "owner_id", "person"),
        _to("recruitment", "founded_by", "person"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_recruitment")),
        sa.UniqueConstraint("site_id", name=op.f("uq_recruitment_site_id")),
        sqlite_autoincrement=True,
    )
    for column in ("state", "owner_id", "remind_at"):
        op.create_index(op.f(f"ix_recruitment_{column}"), "recruitment", [column])
    op.create_table(
        "recruitment_event",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("recruitment_id", sa.Integer(), nullable=False),
        _moment("at"),
        sa.Column("actor_id", sa.Integer(), nullable=True),
        sa.Column("what", sa.String(length=20), nullable=False),
        sa.Column("step", sa.String(length=32), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("willing", sa.Integer(), nullable=True),
        sa.Column("applications", sa.Integer(), nullable=True),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("visit_id", sa.Integer(), nullable=True),
        _to("recruitment_event", "recruitment_id", "recruitment"),
        _to("recruitment_event", "actor_id", "person"),
        _to("recruitment_event", "visit_id", "visit"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_recruitment_event")),
        sqlite_autoincrement=True,
    )
    op.create_index(
        op.f("ix_recruitment_event_recruitment_id"), "recruitment_event", ["recruitment_id"]
    )
    op.create_table(
        "enterprise_survey",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("site_id", sa.Integer(), nullable=False),
        sa.Column("surveyed_on", sa.Date(), nullable=False),
        sa.Column("answers", sa.JSON(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        _moment("at"),
        _to("enterprise_survey", "site_id", "unit"),
        _to("enterprise_survey", "person_id", "person"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_enterprise_survey")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_enterprise_survey_site_id"), "enterprise_survey", ["site_id"])


def downgrade() -> None:
    for table in ("enterprise_survey", "recruitment_event", "recruitment"):
        op.drop_table(table)
