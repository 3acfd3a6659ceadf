"""A leader writes to many: what was written, and the file that goes with a message"""

import sqlalchemy as sa
from alembic import op

revision = "0021"
down_revision = "0020"
branch_labels = None
depends_on = None

FILE = "fk_outbox_message_file_id_stored_file"


def upgrade() -> None:
    op.create_table(
        "announcement",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("author_id", sa.Integer(), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("audience", sa.String(length=32), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("file_id", sa.Integer(), nullable=True),
        sa.Column("state", sa.String(length=32), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("remind_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("readers", sa.Integer(), nullable=False),
        sa.Column("reached", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["author_id"], ["person.id"], name=op.f("fk_announcement_author_id_person")
        ),
        sa.ForeignKeyConstraint(
            ["unit_id"], ["unit.id"], name=op.f("fk_announcement_unit_id_unit")
        ),
        sa.ForeignKeyConstraint(
            ["file_id"], ["stored_file.id"], name=op.f("fk_announcement_file_id_stored_file")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_announcement")),
        sqlite_autoincrement=True,
    )
    for column in ("author_id", "unit_id", "remind_at"):
        op.create_index(op.f(f"ix_announcement_{column}"), "announcement", [column])
    sqlite = op.get_bind().dialect.name == "sqlite"
    if sqlite:  # which adds a column with what it refers to in one; else the table is made anew
        op.execute(
            f"ALTER TABLE outbox_message ADD COLUMN file_id INTEGER CONSTRAINT {FILE}"
            " REFERENCES stored_file (id)"
        )
    else:
        op.add_column("outbox_message", sa.Column("file_id", sa.Integer(), nullable=True))
        op.create_foreign_key(FILE, "outbox_message", "stored_file", ["file_id"], ["id"])


def downgrade() -> None:
    sqlite = op.get_bind().dialect.name == "sqlite"
    kwargs = {"sqlite_autoincrement": True} if sqlite else {}
    with op.batch_alter_table("outbox_message", table_kwargs=kwargs) as batch_op:
        batch_op.drop_constraint(batch_op.f(FILE), type_="foreignkey")
        batch_op.drop_column("file_id")
    op.execute("UPDATE outbox_message SET state = 'cancelled' WHERE state = 'held'")
    op.drop_table("announcement")
