"""changes of a record may be of its authors, and of a reviewer's name and address"""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"

FIELDS = ("abstract", "files", "handling_editor", "keywords", "reminders", "section", "title")
MORE = ("authors", "reviewer_address", "reviewer_name")


def upgrade() -> None:
    _let_words_be(tuple(sorted((*FIELDS, *MORE))), instead_of=FIELDS)


def downgrade() -> None:
    op.execute(f"DELETE FROM record_changes WHERE field IN {MORE}")
    _let_words_be(FIELDS, instead_of=tuple(sorted((*FIELDS, *MORE))))


def _let_words_be(words: tuple[str, ...], *, instead_of: tuple[str, ...]) -> None:
    """Change which words the column may hold. On SQLite, what is written down of the table is changed, and no row of it:

    https://www.sqlite.org/lang_altertable.html#otheralter
    """
    connection = op.get_bind()
    if connection.dialect.name == "postgresql":
        op.drop_constraint(op.f("ck_record_changes_field_word"), "record_changes")
        op.create_check_constraint(op.f("ck_record_changes_field_word"), "record_changes", f"field IN {words}")
        return
    written = connection.execute(
        sa.text("SELECT sql FROM sqlite_master WHERE type = 'table' AND name = 'record_changes'")
    )
    text, before = written.scalar_one(), f"field IN {instead_of}"
    if text.count(before) != 1:
        raise RuntimeError(f"the table of changes is not as this migration knows it: {text}")
    version = connection.exec_driver_sql("PRAGMA schema_version").scalar_one()
    connection.exec_driver_sql("PRAGMA writable_schema = ON")
    change = "UPDATE sqlite_master SET sql = :sql WHERE type = 'table' AND name = 'record_changes'"
    connection.execute(sa.text(change), {"sql": text.replace(before, f"field IN {words}")})
    connection.exec_driver_sql(f"PRAGMA schema_version = {version + 1}")
    connection.exec_driver_sql("PRAGMA writable_schema = OFF")
