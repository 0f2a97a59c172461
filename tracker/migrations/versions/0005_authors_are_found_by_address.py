"""authors are found by their address and ORCID, letter case apart, without reading them all"""

from alembic import op

revision = "0005"
down_revision = "0004"

# Indexes over an expression are no models' (see env.is_compared, which knows them by the beginning of their names).
ADDRESS = {"sqlite": "email COLLATE NOCASE", "postgresql": "lower(email)"}


def upgrade() -> None:
    op.execute(f"CREATE INDEX search_index_authors_email ON authors ({ADDRESS[op.get_bind().dialect.name]})")
    op.execute("CREATE INDEX search_index_authors_orcid ON authors (orcid)")


def downgrade() -> None:
    op.execute("DROP INDEX search_index_authors_orcid")
    op.execute("DROP INDEX search_index_authors_email")
