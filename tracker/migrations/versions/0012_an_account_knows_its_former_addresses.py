"""an account knows its former addresses and ORCID iDs: by them a byline still names its person"""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"


def upgrade() -> None:
    with op.batch_alter_table("accounts") as accounts:
        accounts.add_column(sa.Column("known_as", sa.JSON(), nullable=False, server_default="[]"))
    with op.batch_alter_table("accounts") as accounts:
        accounts.alter_column("known_as", server_default=None)


def downgrade() -> None:
    with op.batch_alter_table("accounts") as accounts:
        accounts.drop_column("known_as")
