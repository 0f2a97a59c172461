"""an account knows its former addresses and ORCID iDs: by them a byline still names its person"""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"


def upgrade() -> None:
    op.add_column("accounts", sa.Column("known_as", sa.JSON(), nullable=False, server_default="[]"))


def downgrade() -> None:
    op.drop_column("accounts", "known_as")
