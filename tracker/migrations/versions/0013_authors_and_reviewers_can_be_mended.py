"""changes of a record may be of its authors, and of a reviewer's name and address"""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"

FIELDS = ("abstract", "files", "handling_editor", "keywords", "reminders", "section", "title")
MORE = ("authors", "reviewer_address", "reviewer_name")


def upgrade() -> None:
    _let_words_be(tuple(sorted((*FIELDS, *MORE))))


def downgrade() -> None:
    op.execute(f"DELETE FROM record_changes WHERE field IN {MORE}")
    _let_words_be(FIELDS)


def _let_words_be(words: tuple[str, ...]) -> None:
    """Change which words the column may hold. SQLite changes no constraint of a table that is there: it is made anew."""
    if op.get_bind().dialect.name == "postgresql":
        op.drop_constraint(op.f("ck_record_changes_field_word"), "record_changes")
        op.create_check_constraint(op.f("ck_record_changes_field_word"), "record_changes", f"field IN {words}")
        return
    op.execute("CREATE TEMPORARY TABLE kept_changes AS SELECT * FROM record_changes")
    op.drop_table("record_changes")
    op.create_table(
        "record_changes",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("manuscript_id", sa.Integer(), nullable=False),
        sa.Column("field", sa.String(length=40), nullable=False),
        sa.Column("before", sa.Text(), nullable=False),
        sa.Column("after", sa.Text(), nullable=False),
        sa.Column("actor", sa.String(length=60), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(f"field IN {words}", name=op.f("ck_record_changes_field_word")),
        sa.ForeignKeyConstraint(
            ["manuscript_id"], ["manuscripts.id"], name=op.f("fk_record_changes_manuscript_id_manuscripts")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_record_changes")),
    )
    op.create_index(op.f("ix_record_changes_manuscript_id"), "record_changes", ["manuscript_id"])
    op.execute("INSERT INTO record_changes SELECT * FROM kept_changes")
    op.execute("DROP TABLE kept_changes")
