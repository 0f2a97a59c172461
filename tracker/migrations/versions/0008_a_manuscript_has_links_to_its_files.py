"""a manuscript has links to its files, one a line"""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"


def upgrade() -> None:
    op.add_column("manuscripts", sa.Column("files", sa.Text(), nullable=False, server_default=""))


def downgrade() -> None:
    op.drop_column("manuscripts", "files")
