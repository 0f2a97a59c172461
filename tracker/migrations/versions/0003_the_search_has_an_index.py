"""the search has an index: FTS5 over the words on SQLite, GIN on PostgreSQL"""

from alembic import op

revision = "0003"
down_revision = "0002"

# The words are folded and split already: neither database is to read anything into them.
POSTGRESQL = ("CREATE INDEX search_index ON search_texts USING gin (array_to_tsvector(string_to_array(words, ' ')))",)
SQLITE = (
    "CREATE VIRTUAL TABLE search_index USING fts5 "
    "(words, content='search_texts', content_rowid='manuscript_id', tokenize='ascii', prefix='2 3', detail='none')",
    "INSERT INTO search_index(search_index) VALUES ('rebuild')",
)


def upgrade() -> None:
    for statement in POSTGRESQL if op.get_bind().dialect.name == "postgresql" else SQLITE:
        op.execute(statement)


def downgrade() -> None:
    op.execute("DROP INDEX search_index" if op.get_bind().dialect.name == "postgresql" else "DROP TABLE search_index")
