"""Reports that are owed, and the summaries that pay them"""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "letterhead",
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("superior", sa.String(length=200), nullable=False),
        sa.Column("issuer", sa.String(length=200), nullable=False),
        sa.Column("symbol", sa.String(length=40), nullable=False),
        sa.Column("place", sa.String(length=100), nullable=False),
        sa.Column("recipients", sa.JSON(), nullable=False),
        sa.Column("authority", sa.String(length=100), nullable=False),
        sa.Column("position", sa.String(length=100), nullable=False),
        sa.Column("signatory", sa.String(length=100), nullable=False),
        sa.Column("changed_by", sa.Integer(), nullable=True),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["changed_by"], ["person.id"], name=op.f("fk_letterhead_changed_by_person")
        ),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_letterhead_unit_id_unit")),
        sa.PrimaryKeyConstraint("unit_id", name=op.f("pk_letterhead")),
    )
    op.create_table(
        "report_request",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("why", sa.String(length=500), nullable=False),
        sa.Column("questions", sa.JSON(), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("asked_by", sa.Integer(), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["asked_by"], ["person.id"], name=op.f("fk_report_request_asked_by_person")
        ),
        sa.ForeignKeyConstraint(
            ["unit_id"], ["unit.id"], name=op.f("fk_report_request_unit_id_unit")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_report_request")),
    )
    with op.batch_alter_table("report_request", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_report_request_unit_id"), ["unit_id"], unique=False)

    op.create_table(
        "obligation",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(length=120), nullable=False),
        sa.Column("group", sa.String(length=100), nullable=False),
        sa.Column("programme", sa.String(length=40), nullable=False),
        sa.Column("report", sa.String(length=40), nullable=False),
        sa.Column("request_id", sa.Integer(), nullable=True),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("to_unit_id", sa.Integer(), nullable=False),
        sa.Column("first_day", sa.Date(), nullable=False),
        sa.Column("last_day", sa.Date(), nullable=False),
        sa.Column("due_before", sa.Date(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("remind_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("reminded", sa.JSON(), nullable=False),
        sa.Column("excused_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("excused_by", sa.Integer(), nullable=True),
        sa.Column("excuse", sa.String(length=500), nullable=False),
        sa.ForeignKeyConstraint(
            ["excused_by"], ["person.id"], name=op.f("fk_obligation_excused_by_person")
        ),
        sa.ForeignKeyConstraint(
            ["request_id"],
            ["report_request.id"],
            name=op.f("fk_obligation_request_id_report_request"),
        ),
        sa.ForeignKeyConstraint(
            ["to_unit_id"], ["unit.id"], name=op.f("fk_obligation_to_unit_id_unit")
        ),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_obligation_unit_id_unit")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_obligation")),
        sa.UniqueConstraint("key", name=op.f("uq_obligation_key")),
    )
    with op.batch_alter_table("obligation", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_obligation_due_before"), ["due_before"], unique=False)
        batch_op.create_index(batch_op.f("ix_obligation_group"), ["group"], unique=False)
        batch_op.create_index(batch_op.f("ix_obligation_remind_at"), ["remind_at"], unique=False)
        batch_op.create_index(batch_op.f("ix_obligation_request_id"), ["request_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_obligation_to_unit_id"), ["to_unit_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_obligation_unit_id"), ["unit_id"], unique=False)

    op.create_table(
        "summary",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("obligation_id", sa.Integer(), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["obligation_id"], ["obligation.id"], name=op.f("fk_summary_obligation_id_obligation")
        ),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_summary_unit_id_unit")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_summary")),
        sa.UniqueConstraint("obligation_id", name=op.f("uq_summary_obligation_id")),
    )
    with op.batch_alter_table("summary", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_summary_state"), ["state"], unique=False)
        batch_op.create_index(batch_op.f("ix_summary_unit_id"), ["unit_id"], unique=False)

    op.create_table(
        "summary_correction",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("summary_id", sa.Integer(), nullable=False),
        sa.Column("figure", sa.String(length=60), nullable=False),
        sa.Column("computed", sa.Integer(), nullable=True),
        sa.Column("value", sa.Integer(), nullable=True),
        sa.Column("reason", sa.String(length=500), nullable=False),
        sa.Column("latest", sa.Boolean(), nullable=False),
        sa.Column("author_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["author_id"], ["person.id"], name=op.f("fk_summary_correction_author_id_person")
        ),
        sa.ForeignKeyConstraint(
            ["summary_id"], ["summary.id"], name=op.f("fk_summary_correction_summary_id_summary")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_summary_correction")),
    )
    with op.batch_alter_table("summary_correction", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_summary_correction_latest"), ["latest"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_summary_correction_summary_id"), ["summary_id"], unique=False
        )

    op.create_table(
        "summary_proposal",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("summary_id", sa.Integer(), nullable=False),
        sa.Column("addressee", sa.String(length=16), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("author_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("removed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("case_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["author_id"], ["person.id"], name=op.f("fk_summary_proposal_author_id_person")
        ),
        sa.ForeignKeyConstraint(
            ["case_id"], ["case.id"], name=op.f("fk_summary_proposal_case_id_case")
        ),
        sa.ForeignKeyConstraint(
            ["summary_id"], ["summary.id"], name=op.f("fk_summary_proposal_summary_id_summary")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_summary_proposal")),
    )
    with op.batch_alter_table("summary_proposal", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_summary_proposal_summary_id"), ["summary_id"], unique=False
        )

    op.create_table(
        "summary_section",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("summary_id", sa.Integer(), nullable=False),
        sa.Column("section", sa.String(length=16), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("latest", sa.Boolean(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("files", sa.JSON(), nullable=False),
        sa.Column("author_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["author_id"], ["person.id"], name=op.f("fk_summary_section_author_id_person")
        ),
        sa.ForeignKeyConstraint(
            ["summary_id"], ["summary.id"], name=op.f("fk_summary_section_summary_id_summary")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_summary_section")),
        sa.UniqueConstraint(
            "summary_id",
            "section",
            "revision",
            name=op.f("uq_summary_section_summary_id_section_revision"),
        ),
    )
    with op.batch_alter_table("summary_section", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_summary_section_latest"), ["latest"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_summary_section_summary_id"), ["summary_id"], unique=False
        )

    op.create_table(
        "summary_version",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("summary_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("sent_by", sa.Integer(), nullable=False),
        sa.Column("due_before", sa.Date(), nullable=False),
        sa.Column("late", sa.Boolean(), nullable=False),
        sa.Column("content", sa.JSON(), nullable=False),
        sa.Column("outcome", sa.String(length=16), nullable=False),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("decided_by", sa.Integer(), nullable=True),
        sa.Column("remarks", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["decided_by"], ["person.id"], name=op.f("fk_summary_version_decided_by_person")
        ),
        sa.ForeignKeyConstraint(
            ["sent_by"], ["person.id"], name=op.f("fk_summary_version_sent_by_person")
        ),
        sa.ForeignKeyConstraint(
            ["summary_id"], ["summary.id"], name=op.f("fk_summary_version_summary_id_summary")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_summary_version")),
        sa.UniqueConstraint(
            "summary_id", "number", name=op.f("uq_summary_version_summary_id_number")
        ),
    )
    with op.batch_alter_table("summary_version", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_summary_version_summary_id"), ["summary_id"], unique=False
        )

    with op.batch_alter_table("unit", schema=None) as batch_op:
        batch_op.add_column(sa.Column("union_since", sa.Date(), nullable=True))


def downgrade() -> None:
    with op.batch_alter_table("unit", schema=None) as batch_op:
        batch_op.drop_column("union_since")

    with op.batch_alter_table("summary_version", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_summary_version_summary_id"))

    op.drop_table("summary_version")
    with op.batch_alter_table("summary_section", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_summary_section_summary_id"))
        batch_op.drop_index(batch_op.f("ix_summary_section_latest"))

    op.drop_table("summary_section")
    with op.batch_alter_table("summary_proposal", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_summary_proposal_summary_id"))

    op.drop_table("summary_proposal")
    with op.batch_alter_table("summary_correction", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_summary_correction_summary_id"))
        batch_op.drop_index(batch_op.f("ix_summary_correction_latest"))

    op.drop_table("summary_correction")
    with op.batch_alter_table("summary", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_summary_unit_id"))
        batch_op.drop_index(batch_op.f("ix_summary_state"))

    op.drop_table("summary")
    with op.batch_alter_table("obligation", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_obligation_unit_id"))
        batch_op.drop_index(batch_op.f("ix_obligation_to_unit_id"))
        batch_op.drop_index(batch_op.f("ix_obligation_request_id"))
        batch_op.drop_index(batch_op.f("ix_obligation_remind_at"))
        batch_op.drop_index(batch_op.f("ix_obligation_group"))
        batch_op.drop_index(batch_op.f("ix_obligation_due_before"))

    op.drop_table("obligation")
    with op.batch_alter_table("report_request", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_report_request_unit_id"))

    op.drop_table("report_request")
    op.drop_table("letterhead")
