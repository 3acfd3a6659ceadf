"""Which unit passed a case up, so that it still sees what became of it"""

import json

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None

_IDS_ONCE = {"sqlite_autoincrement": True}  # kept where SQLite makes the table anew


def upgrade() -> None:
    with op.batch_alter_table("case", table_kwargs=_IDS_ONCE) as table:
        table.add_column(sa.Column("passed_up_by", sa.Integer(), nullable=True))
        table.create_foreign_key(
            op.f("fk_case_passed_up_by_unit"), "unit", ["passed_up_by"], ["id"]
        )
        table.create_index(op.f("ix_case_passed_up_by"), ["passed_up_by"])
    _fill()


def _fill() -> None:
    """From the first time that each case climbed."""
    connection = op.get_bind()
    rows = connection.execute(
        sa.text("SELECT case_id, data FROM case_event WHERE what = 'escalate' ORDER BY id")
    ).all()
    first: dict[int, int] = {}
    for case_id, data in rows:
        before = (json.loads(data) if isinstance(data, str) else data or {}).get("before")
        if isinstance(before, int):
            first.setdefault(case_id, before)
    for case_id, unit_id in first.items():
        connection.execute(
            sa.text(
                'UPDATE "case" SET passed_up_by = :unit WHERE id = :case'
                " AND EXISTS (SELECT 1 FROM unit WHERE unit.id = :unit)"
            ),
            {"unit": unit_id, "case": case_id},
        )


def downgrade() -> None:
    with op.batch_alter_table("case", table_kwargs=_IDS_ONCE) as table:
        table.drop_index(op.f("ix_case_passed_up_by"))
        table.drop_constraint(op.f("fk_case_passed_up_by_unit"), type_="foreignkey")
        table.drop_column("passed_up_by")
