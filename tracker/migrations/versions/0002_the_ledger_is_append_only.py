"""the ledger is append-only: the database refuses to change, delete or replace an entry"""

from alembic import op

revision = "0002"
down_revision = "0001"

SAYS = "the ledger is append-only: record an undo or a correction instead"

SQLITE = (
    f"CREATE TRIGGER ledger_no_update BEFORE UPDATE ON ledger BEGIN SELECT RAISE(ABORT, '{SAYS}'); END",
    f"CREATE TRIGGER ledger_no_delete BEFORE DELETE ON ledger BEGIN SELECT RAISE(ABORT, '{SAYS}'); END",
    # INSERT OR REPLACE deletes without firing the delete trigger, so the insert itself is watched.
    "CREATE TRIGGER ledger_no_replace BEFORE INSERT ON ledger "
    "WHEN EXISTS (SELECT 1 FROM ledger WHERE manuscript_id = NEW.manuscript_id AND position = NEW.position) "
    f"BEGIN SELECT RAISE(ABORT, '{SAYS}'); END",
)
POSTGRESQL = (
    f"""CREATE FUNCTION refuse_ledger_change() RETURNS trigger LANGUAGE plpgsql AS
        $$ BEGIN RAISE EXCEPTION '{SAYS}'; END $$""",
    """CREATE TRIGGER ledger_no_change BEFORE UPDATE OR DELETE ON ledger
        FOR EACH ROW EXECUTE FUNCTION refuse_ledger_change()""",
    """CREATE TRIGGER ledger_no_truncate BEFORE TRUNCATE ON ledger
        FOR EACH STATEMENT EXECUTE FUNCTION refuse_ledger_change()""",
)


def upgrade() -> None:
    for statement in POSTGRESQL if op.get_bind().dialect.name == "postgresql" else SQLITE:
        op.execute(statement)


def downgrade() -> None:
    if op.get_bind().dialect.name == "postgresql":
        op.execute("DROP TRIGGER ledger_no_truncate ON ledger")
        op.execute("DROP TRIGGER ledger_no_change ON ledger")
        op.execute("DROP FUNCTION refuse_ledger_change()")
        return
    for name in ("ledger_no_replace", "ledger_no_delete", "ledger_no_update"):
        op.execute(f"DROP TRIGGER {name}")
