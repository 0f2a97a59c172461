"""changes of a manuscript's record are kept: who changed its title, section, editor and the like, and what it was"""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"

FIELDS = ("abstract", "files", "handling_editor", "keywords", "reminders", "section", "title")


def upgrade() -> None:
    listed = ", ".join(f"'{word}'" for word in FIELDS)
    op.create_table(
        "record_changes",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("manuscript_id", sa.Integer(), nullable=False),
        sa.Column("field", sa.String(length=40), nullable=False),
        sa.Column("before", sa.Text(), nullable=False),
        sa.Column("after", sa.Text(), nullable=False),
        sa.Column("actor", sa.String(length=60), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(f"field IN ({listed})", name=op.f("ck_record_changes_field_word")),
        sa.ForeignKeyConstraint(
            ["manuscript_id"], ["manuscripts.id"], name=op.f("fk_record_changes_manuscript_id_manuscripts")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_record_changes")),
    )
    op.create_index(op.f("ix_record_changes_manuscript_id"), "record_changes", ["manuscript_id"])


def downgrade() -> None:
    op.drop_index(op.f("ix_record_changes_manuscript_id"), table_name="record_changes")
    op.drop_table("record_changes")
