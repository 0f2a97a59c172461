"""sign-ins are logged, in a table whose entries can be deleted when they are old and not before; words for the trail"""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"

SAYS = "the log of sign-ins is append-only: an entry goes when it is six months old"
HAPPENINGS = (
    "codes_given_up", "codes_set_up", "failed", "held_up", "orcid_linked", "orcid_unlinked", "passkey_added",
    "passkey_removed", "password_set", "recovery_codes_made", "signed_in", "signed_out",
)  # fmt: skip
CHANGES = (
    "account_added", "account_changed", "account_disabled", "journal_added", "password_set", "person_erased",
    "person_exported", "record_forgotten", "role_given", "role_taken", "settings_changed", "template_changed",
)  # fmt: skip
MORE_CHANGES = tuple(sorted((*CHANGES, "data_imported", "letter_decided")))
WAYS = ("code", "link", "orcid", "passkey", "password", "recovery_code")
# A day less than it is kept: the clocks of two machines differ.
SQLITE = (
    f"CREATE TRIGGER sign_in_no_update BEFORE UPDATE ON sign_in_entries BEGIN SELECT RAISE(ABORT, '{SAYS}'); END",
    "CREATE TRIGGER sign_in_no_delete BEFORE DELETE ON sign_in_entries "
    f"WHEN OLD.at > datetime('now', '-179 days') BEGIN SELECT RAISE(ABORT, '{SAYS}'); END",
    "CREATE TRIGGER sign_in_no_replace BEFORE INSERT ON sign_in_entries "
    "WHEN EXISTS (SELECT 1 FROM sign_in_entries WHERE id = NEW.id) "
    f"BEGIN SELECT RAISE(ABORT, '{SAYS}'); END",
)
POSTGRESQL = (
    f"""CREATE FUNCTION refuse_sign_in_change() RETURNS trigger LANGUAGE plpgsql AS
        $$ BEGIN
            IF TG_OP = 'DELETE' THEN
                IF OLD.at <= now() - interval '179 days' THEN RETURN OLD; END IF;
            END IF;
            RAISE EXCEPTION '{SAYS}';
        END $$""",
    """CREATE TRIGGER sign_in_no_change BEFORE UPDATE OR DELETE ON sign_in_entries
        FOR EACH ROW EXECUTE FUNCTION refuse_sign_in_change()""",
    """CREATE TRIGGER sign_in_no_truncate BEFORE TRUNCATE ON sign_in_entries
        FOR EACH STATEMENT EXECUTE FUNCTION refuse_sign_in_change()""",
)


def upgrade() -> None:
    op.create_table(
        "sign_in_entries",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("what", sa.String(20), nullable=False),
        sa.Column("way", sa.String(20), nullable=True),
        sa.Column("account", sa.String(32), nullable=True),
        sa.Column("tried", sa.String(12), nullable=True),
        sa.Column("address", sa.String(45), nullable=False),
        sa.CheckConstraint(f"what IN {HAPPENINGS}", name=op.f("ck_sign_in_entries_what_word")),
        sa.CheckConstraint(f"way IS NULL OR way IN {WAYS}", name=op.f("ck_sign_in_entries_way_word")),
        sa.PrimaryKeyConstraint("id", name="pk_sign_in_entries"),
    )
    op.create_index("ix_sign_in_entries_account", "sign_in_entries", ["account", "at"])
    op.create_index("ix_sign_in_entries_at", "sign_in_entries", ["at"])
    for statement in POSTGRESQL if op.get_bind().dialect.name == "postgresql" else SQLITE:
        op.execute(statement)
    _know_more_words()


def downgrade() -> None:
    """The trail keeps its words: entries that have them cannot be taken out, and no older version writes them."""
    op.drop_table("sign_in_entries")
    if op.get_bind().dialect.name == "postgresql":
        op.execute("DROP FUNCTION refuse_sign_in_change()")


def _know_more_words() -> None:
    """Let the trail have more words. On SQLite, what is written down of the table is changed, and no row of it:

    https://www.sqlite.org/lang_altertable.html#otheralter; the trail's own triggers let nobody copy and empty it.
    """
    connection = op.get_bind()
    if connection.dialect.name == "postgresql":
        op.drop_constraint(op.f("ck_audit_entries_what_word"), "audit_entries")
        op.create_check_constraint(op.f("ck_audit_entries_what_word"), "audit_entries", f"what IN {MORE_CHANGES}")
        return
    written = connection.execute(
        sa.text("SELECT sql FROM sqlite_master WHERE type = 'table' AND name = 'audit_entries'")
    )
    text, before, after = written.scalar_one(), f"what IN {CHANGES}", f"what IN {MORE_CHANGES}"
    if after in text:
        return
    if text.count(before) != 1:
        raise RuntimeError(f"the audit trail's table is not as this migration knows it: {text}")
    version = connection.exec_driver_sql("PRAGMA schema_version").scalar_one()
    connection.exec_driver_sql("PRAGMA writable_schema = ON")
    change = "UPDATE sqlite_master SET sql = :sql WHERE type = 'table' AND name = 'audit_entries'"
    connection.execute(sa.text(change), {"sql": text.replace(before, after)})
    connection.exec_driver_sql(f"PRAGMA schema_version = {version + 1}")
    connection.exec_driver_sql("PRAGMA writable_schema = OFF")
