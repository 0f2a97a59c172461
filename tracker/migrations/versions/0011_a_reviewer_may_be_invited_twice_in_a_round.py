"""a reviewer may be invited twice in a round: who declined and was asked once more counts as two invitations"""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"

KEPT = "manuscript_id, round, reviewer_number, journal_id, status, invited_on, answered_on, first_due_on, reviewed_on"


def upgrade() -> None:
    op.execute("CREATE TEMPORARY TABLE kept_assignments AS SELECT * FROM assignments")
    op.drop_table("assignments")
    _create(sa.Column("invitation", sa.Integer(), autoincrement=False, nullable=False))
    op.execute(f"INSERT INTO assignments ({KEPT}, invitation) SELECT {KEPT}, 1 FROM kept_assignments")
    op.execute("DROP TABLE kept_assignments")


def downgrade() -> None:
    """The last invitation of a person in a round stays."""
    op.execute("CREATE TEMPORARY TABLE kept_assignments AS SELECT * FROM assignments")
    op.drop_table("assignments")
    _create()
    last = (
        "SELECT max(later.invitation) FROM kept_assignments later WHERE later.manuscript_id = kept.manuscript_id "
        "AND later.round = kept.round AND later.reviewer_number = kept.reviewer_number"
    )
    op.execute(f"INSERT INTO assignments ({KEPT}) SELECT {KEPT} FROM kept_assignments kept WHERE invitation = ({last})")
    op.execute("DROP TABLE kept_assignments")


def _create(*key: sa.Column[int]) -> None:
    op.create_table(
        "assignments",
        sa.Column("manuscript_id", sa.Integer(), nullable=False),
        sa.Column("round", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("reviewer_number", sa.Integer(), autoincrement=False, nullable=False),
        *key,
        sa.Column("journal_id", sa.Integer(), nullable=False),
        sa.Column("status", sa.String(length=12), nullable=False),
        sa.Column("invited_on", sa.Date(), nullable=False),
        sa.Column("answered_on", sa.Date(), nullable=True),
        sa.Column("first_due_on", sa.Date(), nullable=True),
        sa.Column("reviewed_on", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(["journal_id"], ["journals.id"], name=op.f("fk_assignments_journal_id_journals")),
        sa.ForeignKeyConstraint(
            ["manuscript_id"], ["manuscripts.id"], name=op.f("fk_assignments_manuscript_id_manuscripts")
        ),
        sa.PrimaryKeyConstraint(
            "manuscript_id", "round", "reviewer_number", *(column.name for column in key), name=op.f("pk_assignments")
        ),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_assignments_due", "assignments", ["journal_id", "first_due_on", "reviewed_on", "status"])
    op.create_index("ix_assignments_invited", "assignments", ["journal_id", "invited_on", "status"])
    op.create_index("ix_assignments_reviewed", "assignments", ["journal_id", "reviewed_on"])
