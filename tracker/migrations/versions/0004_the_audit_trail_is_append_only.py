"""the audit trail is append-only: the database refuses to change, delete or replace an entry"""

from alembic import op

revision = "0004"
down_revision = "0003"

SAYS = "the audit trail is append-only: a change of what is set up adds an entry"

SQLITE = (
    f"CREATE TRIGGER audit_no_update BEFORE UPDATE ON audit_entries BEGIN SELECT RAISE(ABORT, '{SAYS}'); END",
    f"CREATE TRIGGER audit_no_delete BEFORE DELETE ON audit_entries BEGIN SELECT RAISE(ABORT, '{SAYS}'); END",
    # INSERT OR REPLACE deletes without firing the delete trigger, so the insert itself is watched.
    "CREATE TRIGGER audit_no_replace BEFORE INSERT ON audit_entries "
    "WHEN EXISTS (SELECT 1 FROM audit_entries WHERE id = NEW.id) "
    f"BEGIN SELECT RAISE(ABORT, '{SAYS}'); END",
)
POSTGRESQL = (
    f"""CREATE FUNCTION refuse_audit_change() RETURNS trigger LANGUAGE plpgsql AS
        $$ BEGIN RAISE EXCEPTION '{SAYS}'; END $$""",
    """CREATE TRIGGER audit_no_change BEFORE UPDATE OR DELETE ON audit_entries
        FOR EACH ROW EXECUTE FUNCTION refuse_audit_change()""",
    """CREATE TRIGGER audit_no_truncate BEFORE TRUNCATE ON audit_entries
        FOR EACH STATEMENT EXECUTE FUNCTION refuse_audit_change()""",
)


def upgrade() -> None:
    for statement in POSTGRESQL if op.get_bind().dialect.name == "postgresql" else SQLITE:
        op.execute(statement)


def downgrade() -> None:
    if op.get_bind().dialect.name == "postgresql":
        op.execute("DROP TRIGGER audit_no_truncate ON audit_entries")
        op.execute("DROP TRIGGER audit_no_change ON audit_entries")
        op.execute("DROP FUNCTION refuse_audit_change()")
        return
    for name in ("audit_no_replace", "audit_no_delete", "audit_no_update"):
        op.execute(f"DROP TRIGGER {name}")
