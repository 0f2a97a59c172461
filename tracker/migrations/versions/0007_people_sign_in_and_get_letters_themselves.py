"""people sign in and get letters themselves: sign-ins, second factors, passkeys, tries; letters about an account"""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"

OF_ONE = "(journal_id IS NULL) = (account_id IS NOT NULL)"
BOUND = (
    "CONSTRAINT fk_letters_account_id_accounts REFERENCES accounts (id) "
    f"CONSTRAINT ck_letters_of_a_journal_or_an_account CHECK ({OF_ONE})"
)
ADDED: dict[str, sa.types.TypeEngine[Any]] = {
    "tf_primary_method": sa.String(20),
    "tf_totp_secret": sa.String(500),
    "totp_counter": sa.BigInteger(),
    "mf_recovery_codes": sa.JSON(),
    "fs_webauthn_user_handle": sa.String(64),
    "orcid": sa.String(19),
}


def upgrade() -> None:
    for name, kind in ADDED.items():
        op.add_column("accounts", sa.Column(name, kind, nullable=True))
    op.create_index("uq_accounts_handle", "accounts", ["fs_webauthn_user_handle"], unique=True)
    op.create_index("uq_accounts_orcid", "accounts", ["orcid"], unique=True)
    op.create_table(
        "sign_ins",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("key_hash", sa.String(64), nullable=False),
        sa.Column("begun_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("seen_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("kept", sa.Boolean(), nullable=False),
        sa.Column("address", sa.String(45), nullable=False),
        sa.Column("device", sa.String(80), nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["accounts.id"], name="fk_sign_ins_account_id_accounts"),
        sa.PrimaryKeyConstraint("id", name="pk_sign_ins"),
        sa.UniqueConstraint("key_hash", name="uq_sign_ins_key_hash"),
    )
    op.create_index("ix_sign_ins_account_id", "sign_ins", ["account_id"])
    op.create_table(
        "passkeys",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(64), nullable=False),
        sa.Column("credential_id", sa.LargeBinary(1024), nullable=False),
        sa.Column("public_key", sa.LargeBinary(), nullable=False),
        sa.Column("sign_count", sa.Integer(), nullable=False),
        sa.Column("transports", sa.JSON(), nullable=True),
        sa.Column("backup_state", sa.Boolean(), nullable=False),
        sa.Column("device_type", sa.String(64), nullable=False),
        sa.Column("extensions", sa.String(255), nullable=True),
        sa.Column("usage", sa.String(20), nullable=False),
        sa.Column("lastuse_datetime", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["user_id"], ["accounts.id"], name="fk_passkeys_user_id_accounts"),
        sa.PrimaryKeyConstraint("id", name="pk_passkeys"),
        sa.UniqueConstraint("credential_id", name="uq_passkeys_credential_id"),
        sa.UniqueConstraint("user_id", "name", name="uq_passkeys_user_id_name"),
    )
    op.create_index("ix_passkeys_user_id", "passkeys", ["user_id"])
    op.create_table(
        "try_counts",
        sa.Column("slot", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("last_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("slot", name="pk_try_counts"),
    )
    if op.get_bind().dialect.name == "postgresql":
        op.add_column("letters", sa.Column("account_id", sa.Integer(), nullable=True))
        op.create_foreign_key("fk_letters_account_id_accounts", "letters", "accounts", ["account_id"], ["id"])
        op.alter_column("letters", "journal_id", nullable=True)
        op.create_check_constraint(op.f("ck_letters_of_a_journal_or_an_account"), "letters", OF_ONE)
    else:
        _rewrite_letters("journal_id INTEGER NOT NULL", "journal_id INTEGER")
        op.execute(f"ALTER TABLE letters ADD COLUMN account_id INTEGER {BOUND}")
    op.create_index("ix_letters_account_id", "letters", ["account_id"])


def downgrade() -> None:
    op.execute("DELETE FROM letters WHERE journal_id IS NULL")
    op.drop_index("ix_letters_account_id", "letters")
    if op.get_bind().dialect.name == "postgresql":
        op.drop_constraint(op.f("ck_letters_of_a_journal_or_an_account"), "letters")
        op.drop_constraint("fk_letters_account_id_accounts", "letters")
        op.drop_column("letters", "account_id")
        op.alter_column("letters", "journal_id", nullable=False)
    else:
        _rewrite_letters(BOUND, "")
        op.execute("ALTER TABLE letters DROP COLUMN account_id")
        _rewrite_letters("journal_id INTEGER", "journal_id INTEGER NOT NULL")
    for table in ("try_counts", "passkeys", "sign_ins"):
        op.drop_table(table)
    op.drop_index("uq_accounts_orcid", "accounts")
    op.drop_index("uq_accounts_handle", "accounts")
    for name in reversed(ADDED):
        op.drop_column("accounts", name)


def _rewrite_letters(old: str, new: str) -> None:
    """Change what SQLite has written down of the table, and no row of it: https://www.sqlite.org/lang_altertable.html#otheralter.

    Making the table anew would mean to empty those that refer to it.
    """
    connection = op.get_bind()
    written = connection.execute(sa.text("SELECT sql FROM sqlite_master WHERE type = 'table' AND name = 'letters'"))
    text = written.scalar_one()
    if text.count(old) != 1:
        raise RuntimeError(f"the table of letters is not as this migration knows it: {text}")
    version = connection.exec_driver_sql("PRAGMA schema_version").scalar_one()
    connection.exec_driver_sql("PRAGMA writable_schema = ON")
    change = "UPDATE sqlite_master SET sql = :sql WHERE type = 'table' AND name = 'letters'"
    connection.execute(sa.text(change), {"sql": text.replace(old, new)})
    connection.exec_driver_sql(f"PRAGMA schema_version = {version + 1}")
    connection.exec_driver_sql("PRAGMA writable_schema = OFF")
