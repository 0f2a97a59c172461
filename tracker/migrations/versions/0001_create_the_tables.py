"""create the tables"""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None


def upgrade() -> None:
    op.create_table(
        "accounts",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("uid", sa.String(length=32), nullable=False),
        sa.Column("email", sa.String(length=254), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("password", sa.String(length=255), nullable=True),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.Column("fs_uniquifier", sa.String(length=32), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_accounts")),
        sa.UniqueConstraint("email", name=op.f("uq_accounts_email")),
        sa.UniqueConstraint("fs_uniquifier", name=op.f("uq_accounts_fs_uniquifier")),
        sa.UniqueConstraint("uid", name=op.f("uq_accounts_uid")),
    )
    op.create_table(
        "job_runs",
        sa.Column("job", sa.String(length=40), nullable=False),
        sa.Column("slot", sa.String(length=40), nullable=False),
        sa.Column("ran_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("outcome", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("job", "slot", name=op.f("pk_job_runs")),
    )
    op.create_table(
        "journals",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("slug", sa.String(length=40), nullable=False),
        sa.Column("title", sa.String(length=300), nullable=False),
        sa.Column("timezone", sa.String(length=60), nullable=False),
        sa.Column("country", sa.String(length=2), nullable=False),
        sa.Column("language", sa.String(length=10), nullable=False),
        sa.Column("settings", sa.JSON(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("length(slug) > 0", name=op.f("ck_journals_slug_given")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_journals")),
        sa.UniqueConstraint("slug", name=op.f("uq_journals_slug")),
    )
    op.create_table(
        "refused_addresses",
        sa.Column("address", sa.String(length=254), nullable=False),
        sa.Column("refused_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("answer", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("address", name=op.f("pk_refused_addresses")),
    )
    op.create_table(
        "audit_entries",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("actor", sa.String(length=60), nullable=False),
        sa.Column("what", sa.String(length=40), nullable=False),
        sa.Column("journal_id", sa.Integer(), nullable=True),
        sa.Column("account", sa.String(length=32), nullable=True),
        sa.Column("before", sa.JSON(), nullable=False),
        sa.Column("after", sa.JSON(), nullable=False),
        sa.CheckConstraint(
            "what IN ('account_added', 'account_changed', 'account_disabled', 'journal_added', 'password_set', 'person_erased', 'person_exported', 'record_forgotten', 'role_given', 'role_taken', 'settings_changed', 'template_changed')",
            name=op.f("ck_audit_entries_what_word"),
        ),
        sa.ForeignKeyConstraint(["journal_id"], ["journals.id"], name=op.f("fk_audit_entries_journal_id_journals")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_audit_entries")),
    )
    with op.batch_alter_table("audit_entries", schema=None) as batch_op:
        batch_op.create_index("ix_audit_entries_account", ["account"], unique=False)
        batch_op.create_index("ix_audit_entries_journal", ["journal_id", "at"], unique=False)

    op.create_table(
        "bulk_deeds",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("uid", sa.String(length=32), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("deed", sa.String(length=20), nullable=False),
        sa.Column("before", sa.JSON(), nullable=False),
        sa.Column("done_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("undone_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["account_id"], ["accounts.id"], name=op.f("fk_bulk_deeds_account_id_accounts")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_bulk_deeds")),
        sa.UniqueConstraint("uid", name=op.f("uq_bulk_deeds_uid")),
    )
    with op.batch_alter_table("bulk_deeds", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_bulk_deeds_account_id"), ["account_id"], unique=False)

    op.create_table(
        "calendar_feeds",
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("token_hash", sa.String(length=64), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["accounts.id"], name=op.f("fk_calendar_feeds_account_id_accounts")),
        sa.PrimaryKeyConstraint("account_id", name=op.f("pk_calendar_feeds")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_calendar_feeds_token_hash")),
    )
    op.create_table(
        "imports",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("uid", sa.String(length=16), nullable=False),
        sa.Column("journal_id", sa.Integer(), nullable=True),
        sa.Column("file_name", sa.Text(), nullable=False),
        sa.Column("header", sa.JSON(), nullable=False),
        sa.Column("actor", sa.String(length=60), nullable=False),
        sa.Column("imported_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("created", sa.Integer(), nullable=False),
        sa.Column("updated", sa.Integer(), nullable=False),
        sa.Column("unchanged", sa.Integer(), nullable=False),
        sa.Column("refused", sa.Integer(), nullable=False),
        sa.Column("undone_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["journal_id"], ["journals.id"], name=op.f("fk_imports_journal_id_journals")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_imports")),
        sa.UniqueConstraint("uid", name=op.f("uq_imports_uid")),
    )
    with op.batch_alter_table("imports", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_imports_journal_id"), ["journal_id"], unique=False)

    op.create_table(
        "letter_texts",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("journal_id", sa.Integer(), nullable=False),
        sa.Column("language", sa.String(length=10), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["journal_id"], ["journals.id"], name=op.f("fk_letter_texts_journal_id_journals")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_letter_texts")),
        sa.UniqueConstraint("journal_id", "language", "kind", name=op.f("uq_letter_texts_journal_id_language_kind")),
    )
    with op.batch_alter_table("letter_texts", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_letter_texts_journal_id"), ["journal_id"], unique=False)

    op.create_table(
        "manuscripts",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("uid", sa.String(length=32), nullable=False),
        sa.Column("journal_id", sa.Integer(), nullable=False),
        sa.Column("reference", sa.String(length=60), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("abstract", sa.Text(), nullable=False),
        sa.Column("keywords", sa.JSON(), nullable=False),
        sa.Column("section", sa.String(length=120), nullable=False),
        sa.Column("article_type", sa.String(length=80), nullable=False),
        sa.Column("citation", sa.Text(), nullable=False),
        sa.Column("volume", sa.String(length=20), nullable=False),
        sa.Column("issue", sa.String(length=20), nullable=False),
        sa.Column("article_number", sa.String(length=20), nullable=False),
        sa.Column("pages", sa.String(length=40), nullable=False),
        sa.Column("doi", sa.String(length=200), nullable=False),
        sa.Column("identity_key", sa.String(length=200), nullable=False),
        sa.Column("handling_editor_id", sa.Integer(), nullable=True),
        sa.Column("origin_id", sa.Integer(), nullable=True),
        sa.Column("is_armed", sa.Boolean(), nullable=False),
        sa.Column("status_note", sa.Text(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("state", sa.String(length=20), nullable=True),
        sa.Column("kind", sa.String(length=20), nullable=True),
        sa.Column("stage", sa.String(length=20), nullable=True),
        sa.Column("round", sa.Integer(), nullable=False),
        sa.Column("waiting_on", sa.String(length=12), nullable=False),
        sa.Column("waiting_since_on", sa.Date(), nullable=True),
        sa.Column("state_since_on", sa.Date(), nullable=True),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("on_hold", sa.Boolean(), nullable=False),
        sa.Column("returned_incomplete", sa.Boolean(), nullable=False),
        sa.Column("appeal_open", sa.Boolean(), nullable=False),
        sa.Column("received_on", sa.Date(), nullable=True),
        sa.Column("first_decision_on", sa.Date(), nullable=True),
        sa.Column("first_resubmitted_on", sa.Date(), nullable=True),
        sa.Column("last_resubmitted_on", sa.Date(), nullable=True),
        sa.Column("accepted_on", sa.Date(), nullable=True),
        sa.Column("published_on", sa.Date(), nullable=True),
        sa.Column("closed_on", sa.Date(), nullable=True),
        sa.Column("paper_received_on", sa.Date(), nullable=True),
        sa.Column("is_imported", sa.Boolean(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("head_hash", sa.String(length=64), nullable=False),
        sa.CheckConstraint(
            "state IS NULL OR state IN ('accepted', 'published', 'received', 'rejected', 'resubmitted', 'revision_requested', 'transferred', 'under_review', 'withdrawn')",
            name=op.f("ck_manuscripts_state_word"),
        ),
        sa.CheckConstraint(
            "waiting_on IN ('author', 'editor', 'hold', 'nobody', 'production', 'reviewers', 'unknown')",
            name=op.f("ck_manuscripts_waiting_on_word"),
        ),
        sa.CheckConstraint("length(title) > 0", name=op.f("ck_manuscripts_title_given")),
        sa.ForeignKeyConstraint(
            ["handling_editor_id"], ["accounts.id"], name=op.f("fk_manuscripts_handling_editor_id_accounts")
        ),
        sa.ForeignKeyConstraint(["journal_id"], ["journals.id"], name=op.f("fk_manuscripts_journal_id_journals")),
        sa.ForeignKeyConstraint(["origin_id"], ["manuscripts.id"], name=op.f("fk_manuscripts_origin_id_manuscripts")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_manuscripts")),
        sa.UniqueConstraint("reference", name=op.f("uq_manuscripts_reference")),
        sa.UniqueConstraint("uid", name=op.f("uq_manuscripts_uid")),
    )
    with op.batch_alter_table("manuscripts", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_manuscripts_handling_editor_id"), ["handling_editor_id"], unique=False)
        batch_op.create_index("ix_manuscripts_journal_due", ["journal_id", "due_on"], unique=False)
        batch_op.create_index("ix_manuscripts_journal_holder", ["journal_id", "waiting_on", "due_on"], unique=False)
        batch_op.create_index("ix_manuscripts_journal_identity", ["journal_id", "identity_key"], unique=False)
        batch_op.create_index(
            "ix_manuscripts_journal_received",
            ["journal_id", "received_on", "closed_on", "state", "first_decision_on", "is_imported"],
            unique=False,
        )
        batch_op.create_index("ix_manuscripts_journal_section", ["journal_id", "section"], unique=False)
        batch_op.create_index("ix_manuscripts_journal_since", ["journal_id", "waiting_since_on"], unique=False)
        batch_op.create_index("ix_manuscripts_journal_state", ["journal_id", "state", "state_since_on"], unique=False)
        batch_op.create_index(batch_op.f("ix_manuscripts_origin_id"), ["origin_id"], unique=False)

    op.create_table(
        "memberships",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("journal_id", sa.Integer(), nullable=False),
        sa.Column("role", sa.String(length=20), nullable=False),
        sa.CheckConstraint(
            "role IN ('assistant', 'chief_editor', 'editor', 'reader')", name=op.f("ck_memberships_role_word")
        ),
        sa.ForeignKeyConstraint(["account_id"], ["accounts.id"], name=op.f("fk_memberships_account_id_accounts")),
        sa.ForeignKeyConstraint(["journal_id"], ["journals.id"], name=op.f("fk_memberships_journal_id_journals")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_memberships")),
        sa.UniqueConstraint("account_id", "journal_id", name=op.f("uq_memberships_account_id_journal_id")),
    )
    with op.batch_alter_table("memberships", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_memberships_account_id"), ["account_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_memberships_journal_id"), ["journal_id"], unique=False)

    op.create_table(
        "opt_outs",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("journal_id", sa.Integer(), nullable=False),
        sa.Column("address", sa.String(length=254), nullable=False),
        sa.Column("kind", sa.String(length=12), nullable=False),
        sa.Column("opted_out_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("kind IN ('digests', 'reminders')", name=op.f("ck_opt_outs_kind_word")),
        sa.ForeignKeyConstraint(["journal_id"], ["journals.id"], name=op.f("fk_opt_outs_journal_id_journals")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_opt_outs")),
        sa.UniqueConstraint("journal_id", "address", "kind", name=op.f("uq_opt_outs_journal_id_address_kind")),
    )
    with op.batch_alter_table("opt_outs", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_opt_outs_journal_id"), ["journal_id"], unique=False)

    op.create_table(
        "reference_counters",
        sa.Column("journal_id", sa.Integer(), nullable=False),
        sa.Column("year", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("last", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["journal_id"], ["journals.id"], name=op.f("fk_reference_counters_journal_id_journals")
        ),
        sa.PrimaryKeyConstraint("journal_id", "year", name=op.f("pk_reference_counters")),
    )
    op.create_table(
        "saved_views",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("uid", sa.String(length=32), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=True),
        sa.Column("journal_id", sa.Integer(), nullable=True),
        sa.Column("name", sa.String(length=80), nullable=False),
        sa.Column("query", sa.Text(), nullable=False),
        sa.CheckConstraint(
            "(account_id IS NULL) <> (journal_id IS NULL)", name=op.f("ck_saved_views_of_person_or_journal")
        ),
        sa.CheckConstraint("length(name) > 0", name=op.f("ck_saved_views_name_given")),
        sa.ForeignKeyConstraint(["account_id"], ["accounts.id"], name=op.f("fk_saved_views_account_id_accounts")),
        sa.ForeignKeyConstraint(["journal_id"], ["journals.id"], name=op.f("fk_saved_views_journal_id_journals")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_saved_views")),
        sa.UniqueConstraint("uid", name=op.f("uq_saved_views_uid")),
    )
    with op.batch_alter_table("saved_views", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_saved_views_account_id"), ["account_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_saved_views_journal_id"), ["journal_id"], unique=False)

    op.create_table(
        "sheet_mappings",
        sa.Column("journal_id", sa.Integer(), nullable=False),
        sa.Column("columns", sa.JSON(), nullable=False),
        sa.Column("saved_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["journal_id"], ["journals.id"], name=op.f("fk_sheet_mappings_journal_id_journals")),
        sa.PrimaryKeyConstraint("journal_id", name=op.f("pk_sheet_mappings")),
    )
    op.create_table(
        "turnaround_counts",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("journal_id", sa.Integer(), nullable=True),
        sa.Column("metric", sa.String(length=40), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("days", sa.Integer(), nullable=False),
        sa.Column("n", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["journal_id"], ["journals.id"], name=op.f("fk_turnaround_counts_journal_id_journals")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_turnaround_counts")),
    )
    with op.batch_alter_table("turnaround_counts", schema=None) as batch_op:
        batch_op.create_index("ix_turnaround_counts_key", ["journal_id", "metric", "year", "days", "n"], unique=False)

    op.create_table(
        "answers",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("journal_id", sa.Integer(), nullable=False),
        sa.Column("manuscript_id", sa.Integer(), nullable=False),
        sa.Column("task_key", sa.String(length=40), nullable=False),
        sa.Column("kind", sa.String(length=12), nullable=False),
        sa.Column("until_on", sa.Date(), nullable=True),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("stops_letters", sa.Boolean(), nullable=False),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("handled_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "kind IN ('agreed', 'cannot', 'done', 'later', 'opted_out')", name=op.f("ck_answers_kind_word")
        ),
        sa.ForeignKeyConstraint(["journal_id"], ["journals.id"], name=op.f("fk_answers_journal_id_journals")),
        sa.ForeignKeyConstraint(
            ["manuscript_id"], ["manuscripts.id"], name=op.f("fk_answers_manuscript_id_manuscripts")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_answers")),
    )
    with op.batch_alter_table("answers", schema=None) as batch_op:
        batch_op.create_index("ix_answers_open", ["journal_id", "handled_at"], unique=False)
        batch_op.create_index("ix_answers_task", ["manuscript_id", "task_key"], unique=False)

    op.create_table(
        "assignments",
        sa.Column("manuscript_id", sa.Integer(), nullable=False),
        sa.Column("round", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("reviewer_number", sa.Integer(), autoincrement=False, nullable=False),
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
        sa.PrimaryKeyConstraint("manuscript_id", "round", "reviewer_number", name=op.f("pk_assignments")),
        sqlite_with_rowid=False,
    )
    with op.batch_alter_table("assignments", schema=None) as batch_op:
        batch_op.create_index(
            "ix_assignments_due", ["journal_id", "first_due_on", "reviewed_on", "status"], unique=False
        )
        batch_op.create_index("ix_assignments_invited", ["journal_id", "invited_on", "status"], unique=False)
        batch_op.create_index("ix_assignments_reviewed", ["journal_id", "reviewed_on"], unique=False)

    op.create_table(
        "authors",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("manuscript_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("given", sa.String(length=200), nullable=False),
        sa.Column("family", sa.String(length=200), nullable=False),
        sa.Column("email", sa.String(length=254), nullable=False),
        sa.Column("orcid", sa.String(length=19), nullable=False),
        sa.Column("affiliation", sa.Text(), nullable=False),
        sa.Column("biography", sa.Text(), nullable=False),
        sa.Column("is_corresponding", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["manuscript_id"], ["manuscripts.id"], name=op.f("fk_authors_manuscript_id_manuscripts")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_authors")),
    )
    with op.batch_alter_table("authors", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_authors_manuscript_id"), ["manuscript_id"], unique=False)

    op.create_table(
        "closings",
        sa.Column("manuscript_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("journal_id", sa.Integer(), nullable=False),
        sa.Column("outcome", sa.String(length=20), nullable=False),
        sa.Column("closed_on", sa.Date(), nullable=False),
        sa.Column("reopened_on", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(["journal_id"], ["journals.id"], name=op.f("fk_closings_journal_id_journals")),
        sa.ForeignKeyConstraint(
            ["manuscript_id"], ["manuscripts.id"], name=op.f("fk_closings_manuscript_id_manuscripts")
        ),
        sa.PrimaryKeyConstraint("manuscript_id", "number", name=op.f("pk_closings")),
        sqlite_with_rowid=False,
    )
    with op.batch_alter_table("closings", schema=None) as batch_op:
        batch_op.create_index("ix_closings_closed", ["journal_id", "closed_on", "outcome", "reopened_on"], unique=False)
        batch_op.create_index("ix_closings_reopened", ["journal_id", "reopened_on"], unique=False)

    op.create_table(
        "exclusions",
        sa.Column("manuscript_id", sa.Integer(), nullable=False),
        sa.Column("metric", sa.String(length=40), nullable=False),
        sa.Column("journal_id", sa.Integer(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["journal_id"], ["journals.id"], name=op.f("fk_exclusions_journal_id_journals")),
        sa.ForeignKeyConstraint(
            ["manuscript_id"], ["manuscripts.id"], name=op.f("fk_exclusions_manuscript_id_manuscripts")
        ),
        sa.PrimaryKeyConstraint("manuscript_id", "metric", name=op.f("pk_exclusions")),
        sqlite_with_rowid=False,
    )
    with op.batch_alter_table("exclusions", schema=None) as batch_op:
        batch_op.create_index("ix_exclusions_metric", ["journal_id", "metric"], unique=False)

    op.create_table(
        "holder_days",
        sa.Column("manuscript_id", sa.Integer(), nullable=False),
        sa.Column("holder", sa.String(length=12), nullable=False),
        sa.Column("journal_id", sa.Integer(), nullable=False),
        sa.Column("days", sa.Integer(), nullable=False),
        sa.Column("ended_on", sa.Date(), nullable=False),
        sa.Column("received_on", sa.Date(), nullable=False),
        sa.ForeignKeyConstraint(["journal_id"], ["journals.id"], name=op.f("fk_holder_days_journal_id_journals")),
        sa.ForeignKeyConstraint(
            ["manuscript_id"], ["manuscripts.id"], name=op.f("fk_holder_days_manuscript_id_manuscripts")
        ),
        sa.PrimaryKeyConstraint("manuscript_id", "holder", name=op.f("pk_holder_days")),
        sqlite_with_rowid=False,
    )
    with op.batch_alter_table("holder_days", schema=None) as batch_op:
        batch_op.create_index("ix_holder_days_ended", ["journal_id", "ended_on", "holder", "days"], unique=False)
        batch_op.create_index("ix_holder_days_received", ["journal_id", "received_on", "holder", "days"], unique=False)

    op.create_table(
        "import_rows",
        sa.Column("import_id", sa.Integer(), nullable=False),
        sa.Column("row", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("outcome", sa.String(length=10), nullable=False),
        sa.Column("manuscript_id", sa.Integer(), nullable=True),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("cells", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("notes", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("before", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("fingerprint", sa.String(length=32), nullable=True),
        sa.CheckConstraint(
            "outcome IN ('created', 'refused', 'unchanged', 'updated')", name=op.f("ck_import_rows_outcome_word")
        ),
        sa.ForeignKeyConstraint(["import_id"], ["imports.id"], name=op.f("fk_import_rows_import_id_imports")),
        sa.ForeignKeyConstraint(
            ["manuscript_id"], ["manuscripts.id"], name=op.f("fk_import_rows_manuscript_id_manuscripts")
        ),
        sa.PrimaryKeyConstraint("import_id", "row", name=op.f("pk_import_rows")),
        sqlite_with_rowid=False,
    )
    with op.batch_alter_table("import_rows", schema=None) as batch_op:
        batch_op.create_index(
            "ix_import_rows_fingerprint",
            ["fingerprint"],
            unique=False,
            sqlite_where=sa.text("fingerprint IS NOT NULL"),
            postgresql_where=sa.text("fingerprint IS NOT NULL"),
        )
        batch_op.create_index(batch_op.f("ix_import_rows_manuscript_id"), ["manuscript_id"], unique=False)

    op.create_table(
        "intervals",
        sa.Column("manuscript_id", sa.Integer(), nullable=False),
        sa.Column("metric", sa.String(length=40), nullable=False),
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("journal_id", sa.Integer(), nullable=False),
        sa.Column("round", sa.Integer(), nullable=False),
        sa.Column("days", sa.Integer(), nullable=False),
        sa.Column("paper_days", sa.Integer(), nullable=False),
        sa.Column("started_on", sa.Date(), nullable=False),
        sa.Column("ended_on", sa.Date(), nullable=False),
        sa.Column("received_on", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(["journal_id"], ["journals.id"], name=op.f("fk_intervals_journal_id_journals")),
        sa.ForeignKeyConstraint(
            ["manuscript_id"], ["manuscripts.id"], name=op.f("fk_intervals_manuscript_id_manuscripts")
        ),
        sa.PrimaryKeyConstraint("manuscript_id", "metric", "number", name=op.f("pk_intervals")),
        sqlite_with_rowid=False,
    )
    with op.batch_alter_table("intervals", schema=None) as batch_op:
        batch_op.create_index("ix_intervals_ended", ["journal_id", "metric", "ended_on", "days"], unique=False)
        batch_op.create_index("ix_intervals_received", ["journal_id", "metric", "received_on", "days"], unique=False)

    op.create_table(
        "ledger",
        sa.Column("manuscript_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("action", sa.String(length=40), nullable=False),
        sa.Column("occurred_on", sa.Date(), nullable=False),
        sa.Column("sequence", sa.Integer(), nullable=False),
        sa.Column("precision", sa.String(length=5), nullable=False),
        sa.Column("details", sa.Text(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("actor", sa.String(length=60), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("step", sa.Integer(), nullable=False),
        sa.Column("hash", sa.String(length=64), nullable=False),
        sa.CheckConstraint("precision IN ('day', 'month', 'year')", name=op.f("ck_ledger_precision_word")),
        sa.ForeignKeyConstraint(
            ["manuscript_id"], ["manuscripts.id"], name=op.f("fk_ledger_manuscript_id_manuscripts")
        ),
        sa.PrimaryKeyConstraint("manuscript_id", "position", name=op.f("pk_ledger")),
        sqlite_with_rowid=False,
    )
    with op.batch_alter_table("ledger", schema=None) as batch_op:
        batch_op.create_index("ix_ledger_recorded_at", ["recorded_at"], unique=False)

    op.create_table(
        "letter_links",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("token_hash", sa.String(length=64), nullable=False),
        sa.Column("journal_id", sa.Integer(), nullable=False),
        sa.Column("manuscript_id", sa.Integer(), nullable=True),
        sa.Column("task_key", sa.String(length=40), nullable=False),
        sa.Column("address", sa.String(length=254), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("revoked_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["journal_id"], ["journals.id"], name=op.f("fk_letter_links_journal_id_journals")),
        sa.ForeignKeyConstraint(
            ["manuscript_id"], ["manuscripts.id"], name=op.f("fk_letter_links_manuscript_id_manuscripts")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_letter_links")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_letter_links_token_hash")),
    )
    with op.batch_alter_table("letter_links", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_letter_links_journal_id"), ["journal_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_letter_links_manuscript_id"), ["manuscript_id"], unique=False)

    op.create_table(
        "letters",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("uid", sa.String(length=32), nullable=False),
        sa.Column("journal_id", sa.Integer(), nullable=False),
        sa.Column("manuscript_id", sa.Integer(), nullable=True),
        sa.Column("task_key", sa.String(length=40), nullable=True),
        sa.Column("task_due_on", sa.Date(), nullable=True),
        sa.Column("step", sa.Integer(), nullable=True),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("role", sa.String(length=20), nullable=False),
        sa.Column("to_name", sa.String(length=200), nullable=False),
        sa.Column("to_email", sa.String(length=254), nullable=False),
        sa.Column("to_key", sa.String(length=254), nullable=False),
        sa.Column("reply_to", sa.String(length=254), nullable=False),
        sa.Column("from_name", sa.String(length=300), nullable=False),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("text_body", sa.Text(), nullable=False),
        sa.Column("html_body", sa.Text(), nullable=False),
        sa.Column("message_id", sa.String(length=200), nullable=False),
        sa.Column("thread_id", sa.String(length=200), nullable=False),
        sa.Column("state", sa.String(length=12), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("last_error", sa.Text(), nullable=False),
        sa.Column("queued_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("not_before_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("claimed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "state IN ('cancelled', 'failed', 'parked', 'queued', 'sending', 'sent', 'uncertain')",
            name=op.f("ck_letters_state_word"),
        ),
        sa.ForeignKeyConstraint(["journal_id"], ["journals.id"], name=op.f("fk_letters_journal_id_journals")),
        sa.ForeignKeyConstraint(
            ["manuscript_id"], ["manuscripts.id"], name=op.f("fk_letters_manuscript_id_manuscripts")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_letters")),
        sa.UniqueConstraint("message_id", name=op.f("uq_letters_message_id")),
        sa.UniqueConstraint("uid", name=op.f("uq_letters_uid")),
    )
    with op.batch_alter_table("letters", schema=None) as batch_op:
        batch_op.create_index("ix_letters_journal", ["journal_id", "queued_at"], unique=False)
        batch_op.create_index(batch_op.f("ix_letters_manuscript_id"), ["manuscript_id"], unique=False)
        batch_op.create_index("ix_letters_person", ["journal_id", "to_key"], unique=False)
        batch_op.create_index("ix_letters_waiting", ["state", "not_before_at"], unique=False)
        batch_op.create_index(
            "uq_letters_one_per_step",
            ["manuscript_id", "task_key", "step", "task_due_on"],
            unique=True,
            sqlite_where=sa.text("state <> 'cancelled'"),
            postgresql_where=sa.text("state <> 'cancelled'"),
        )

    op.create_table(
        "looks",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("actor", sa.String(length=60), nullable=False),
        sa.Column("what", sa.String(length=40), nullable=False),
        sa.Column("journal_id", sa.Integer(), nullable=True),
        sa.Column("manuscript_id", sa.Integer(), nullable=True),
        sa.Column("account", sa.String(length=32), nullable=True),
        sa.CheckConstraint(
            "what IN ('audit', 'letters', 'person', 'review_texts', 'reviewers')", name=op.f("ck_looks_what_word")
        ),
        sa.ForeignKeyConstraint(["journal_id"], ["journals.id"], name=op.f("fk_looks_journal_id_journals")),
        sa.ForeignKeyConstraint(["manuscript_id"], ["manuscripts.id"], name=op.f("fk_looks_manuscript_id_manuscripts")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_looks")),
    )
    with op.batch_alter_table("looks", schema=None) as batch_op:
        batch_op.create_index("ix_looks_again", ["actor", "what", "manuscript_id", "at"], unique=False)
        batch_op.create_index("ix_looks_at", ["at"], unique=False)
        batch_op.create_index("ix_looks_journal", ["journal_id", "at"], unique=False)
        batch_op.create_index(batch_op.f("ix_looks_manuscript_id"), ["manuscript_id"], unique=False)

    op.create_table(
        "reviewers",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("manuscript_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("email", sa.String(length=254), nullable=False),
        sa.Column("email_key", sa.String(length=254), nullable=False),
        sa.ForeignKeyConstraint(
            ["manuscript_id"], ["manuscripts.id"], name=op.f("fk_reviewers_manuscript_id_manuscripts")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reviewers")),
        sa.UniqueConstraint("manuscript_id", "email_key", name=op.f("uq_reviewers_manuscript_id_email_key")),
        sa.UniqueConstraint("manuscript_id", "number", name=op.f("uq_reviewers_manuscript_id_number")),
    )
    with op.batch_alter_table("reviewers", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_reviewers_manuscript_id"), ["manuscript_id"], unique=False)

    op.create_table(
        "reviews",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("manuscript_id", sa.Integer(), nullable=False),
        sa.Column("round", sa.Integer(), nullable=False),
        sa.Column("reviewer_number", sa.Integer(), nullable=False),
        sa.Column("to_author", sa.Text(), nullable=False),
        sa.Column("to_editor", sa.Text(), nullable=False),
        sa.Column("received_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["manuscript_id"], ["manuscripts.id"], name=op.f("fk_reviews_manuscript_id_manuscripts")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reviews")),
        sa.UniqueConstraint(
            "manuscript_id", "round", "reviewer_number", name=op.f("uq_reviews_manuscript_id_round_reviewer_number")
        ),
    )
    with op.batch_alter_table("reviews", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_reviews_manuscript_id"), ["manuscript_id"], unique=False)

    op.create_table(
        "search_texts",
        sa.Column("manuscript_id", sa.Integer(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["manuscript_id"], ["manuscripts.id"], name=op.f("fk_search_texts_manuscript_id_manuscripts")
        ),
        sa.PrimaryKeyConstraint("manuscript_id", name=op.f("pk_search_texts")),
    )
    op.create_table(
        "status_links",
        sa.Column("manuscript_id", sa.Integer(), nullable=False),
        sa.Column("token_hash", sa.String(length=64), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["manuscript_id"], ["manuscripts.id"], name=op.f("fk_status_links_manuscript_id_manuscripts")
        ),
        sa.PrimaryKeyConstraint("manuscript_id", name=op.f("pk_status_links")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_status_links_token_hash")),
    )
    op.create_table(
        "status_notes",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("manuscript_id", sa.Integer(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("actor", sa.String(length=60), nullable=False),
        sa.Column("written_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["manuscript_id"], ["manuscripts.id"], name=op.f("fk_status_notes_manuscript_id_manuscripts")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_status_notes")),
    )
    with op.batch_alter_table("status_notes", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_status_notes_manuscript_id"), ["manuscript_id"], unique=False)

    op.create_table(
        "step_wishes",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("manuscript_id", sa.Integer(), nullable=False),
        sa.Column("task_key", sa.String(length=40), nullable=False),
        sa.Column("step", sa.Integer(), nullable=False),
        sa.Column("task_due_on", sa.Date(), nullable=False),
        sa.Column("is_held", sa.Boolean(), nullable=False),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["manuscript_id"], ["manuscripts.id"], name=op.f("fk_step_wishes_manuscript_id_manuscripts")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_step_wishes")),
        sa.UniqueConstraint(
            "manuscript_id",
            "task_key",
            "step",
            "task_due_on",
            name=op.f("uq_step_wishes_manuscript_id_task_key_step_task_due_on"),
        ),
    )
    with op.batch_alter_table("step_wishes", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_step_wishes_manuscript_id"), ["manuscript_id"], unique=False)

    op.create_table(
        "tags",
        sa.Column("manuscript_id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(length=60), nullable=False),
        sa.Column("word", sa.String(length=60), nullable=False),
        sa.Column("journal_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["journal_id"], ["journals.id"], name=op.f("fk_tags_journal_id_journals")),
        sa.ForeignKeyConstraint(["manuscript_id"], ["manuscripts.id"], name=op.f("fk_tags_manuscript_id_manuscripts")),
        sa.PrimaryKeyConstraint("manuscript_id", "key", name=op.f("pk_tags")),
    )
    with op.batch_alter_table("tags", schema=None) as batch_op:
        batch_op.create_index("ix_tags_journal_key", ["journal_id", "key", "manuscript_id"], unique=False)

    op.create_table(
        "tasks",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("manuscript_id", sa.Integer(), nullable=False),
        sa.Column("journal_id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(length=40), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("holder", sa.String(length=12), nullable=False),
        sa.Column("round", sa.Integer(), nullable=False),
        sa.Column("reviewer_number", sa.Integer(), nullable=True),
        sa.Column("started_on", sa.Date(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("next_letter_on", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(["journal_id"], ["journals.id"], name=op.f("fk_tasks_journal_id_journals")),
        sa.ForeignKeyConstraint(["manuscript_id"], ["manuscripts.id"], name=op.f("fk_tasks_manuscript_id_manuscripts")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_tasks")),
        sa.UniqueConstraint("manuscript_id", "key", name=op.f("uq_tasks_manuscript_id_key")),
    )
    with op.batch_alter_table("tasks", schema=None) as batch_op:
        batch_op.create_index("ix_tasks_journal_due", ["journal_id", "due_on"], unique=False)
        batch_op.create_index(batch_op.f("ix_tasks_manuscript_id"), ["manuscript_id"], unique=False)
        batch_op.create_index("ix_tasks_next_letter", ["journal_id", "next_letter_on"], unique=False)

    op.create_table(
        "reminder_steps",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("manuscript_id", sa.Integer(), nullable=False),
        sa.Column("task_key", sa.String(length=40), nullable=False),
        sa.Column("step", sa.Integer(), nullable=False),
        sa.Column("task_due_on", sa.Date(), nullable=False),
        sa.Column("fate", sa.String(length=12), nullable=False),
        sa.Column("decided_on", sa.Date(), nullable=False),
        sa.Column("letter_id", sa.Integer(), nullable=True),
        sa.CheckConstraint(
            "fate IN ('capped', 'collapsed', 'skipped', 'stale', 'written')", name=op.f("ck_reminder_steps_fate_word")
        ),
        sa.ForeignKeyConstraint(["letter_id"], ["letters.id"], name=op.f("fk_reminder_steps_letter_id_letters")),
        sa.ForeignKeyConstraint(
            ["manuscript_id"], ["manuscripts.id"], name=op.f("fk_reminder_steps_manuscript_id_manuscripts")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reminder_steps")),
        sa.UniqueConstraint(
            "manuscript_id",
            "task_key",
            "step",
            "task_due_on",
            name=op.f("uq_reminder_steps_manuscript_id_task_key_step_task_due_on"),
        ),
    )
    with op.batch_alter_table("reminder_steps", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_reminder_steps_letter_id"), ["letter_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_reminder_steps_manuscript_id"), ["manuscript_id"], unique=False)

    # ### end Alembic commands ###


def downgrade() -> None:
    with op.batch_alter_table("reminder_steps", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_reminder_steps_manuscript_id"))
        batch_op.drop_index(batch_op.f("ix_reminder_steps_letter_id"))

    op.drop_table("reminder_steps")
    with op.batch_alter_table("tasks", schema=None) as batch_op:
        batch_op.drop_index("ix_tasks_next_letter")
        batch_op.drop_index(batch_op.f("ix_tasks_manuscript_id"))
        batch_op.drop_index("ix_tasks_journal_due")

    op.drop_table("tasks")
    with op.batch_alter_table("tags", schema=None) as batch_op:
        batch_op.drop_index("ix_tags_journal_key")

    op.drop_table("tags")
    with op.batch_alter_table("step_wishes", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_step_wishes_manuscript_id"))

    op.drop_table("step_wishes")
    with op.batch_alter_table("status_notes", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_status_notes_manuscript_id"))

    op.drop_table("status_notes")
    op.drop_table("status_links")
    op.drop_table("search_texts")
    with op.batch_alter_table("reviews", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_reviews_manuscript_id"))

    op.drop_table("reviews")
    with op.batch_alter_table("reviewers", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_reviewers_manuscript_id"))

    op.drop_table("reviewers")
    with op.batch_alter_table("looks", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_looks_manuscript_id"))
        batch_op.drop_index("ix_looks_journal")
        batch_op.drop_index("ix_looks_at")
        batch_op.drop_index("ix_looks_again")

    op.drop_table("looks")
    with op.batch_alter_table("letters", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_letters_one_per_step",
            sqlite_where=sa.text("state <> 'cancelled'"),
            postgresql_where=sa.text("state <> 'cancelled'"),
        )
        batch_op.drop_index("ix_letters_waiting")
        batch_op.drop_index("ix_letters_person")
        batch_op.drop_index(batch_op.f("ix_letters_manuscript_id"))
        batch_op.drop_index("ix_letters_journal")

    op.drop_table("letters")
    with op.batch_alter_table("letter_links", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_letter_links_manuscript_id"))
        batch_op.drop_index(batch_op.f("ix_letter_links_journal_id"))

    op.drop_table("letter_links")
    with op.batch_alter_table("ledger", schema=None) as batch_op:
        batch_op.drop_index("ix_ledger_recorded_at")

    op.drop_table("ledger")
    with op.batch_alter_table("intervals", schema=None) as batch_op:
        batch_op.drop_index("ix_intervals_received")
        batch_op.drop_index("ix_intervals_ended")

    op.drop_table("intervals")
    with op.batch_alter_table("import_rows", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_import_rows_manuscript_id"))
        batch_op.drop_index(
            "ix_import_rows_fingerprint",
            sqlite_where=sa.text("fingerprint IS NOT NULL"),
            postgresql_where=sa.text("fingerprint IS NOT NULL"),
        )

    op.drop_table("import_rows")
    with op.batch_alter_table("holder_days", schema=None) as batch_op:
        batch_op.drop_index("ix_holder_days_received")
        batch_op.drop_index("ix_holder_days_ended")

    op.drop_table("holder_days")
    with op.batch_alter_table("exclusions", schema=None) as batch_op:
        batch_op.drop_index("ix_exclusions_metric")

    op.drop_table("exclusions")
    with op.batch_alter_table("closings", schema=None) as batch_op:
        batch_op.drop_index("ix_closings_reopened")
        batch_op.drop_index("ix_closings_closed")

    op.drop_table("closings")
    with op.batch_alter_table("authors", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_authors_manuscript_id"))

    op.drop_table("authors")
    with op.batch_alter_table("assignments", schema=None) as batch_op:
        batch_op.drop_index("ix_assignments_reviewed")
        batch_op.drop_index("ix_assignments_invited")
        batch_op.drop_index("ix_assignments_due")

    op.drop_table("assignments")
    with op.batch_alter_table("answers", schema=None) as batch_op:
        batch_op.drop_index("ix_answers_task")
        batch_op.drop_index("ix_answers_open")

    op.drop_table("answers")
    with op.batch_alter_table("turnaround_counts", schema=None) as batch_op:
        batch_op.drop_index("ix_turnaround_counts_key")

    op.drop_table("turnaround_counts")
    op.drop_table("sheet_mappings")
    with op.batch_alter_table("saved_views", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_saved_views_journal_id"))
        batch_op.drop_index(batch_op.f("ix_saved_views_account_id"))

    op.drop_table("saved_views")
    op.drop_table("reference_counters")
    with op.batch_alter_table("opt_outs", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_opt_outs_journal_id"))

    op.drop_table("opt_outs")
    with op.batch_alter_table("memberships", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_memberships_journal_id"))
        batch_op.drop_index(batch_op.f("ix_memberships_account_id"))

    op.drop_table("memberships")
    with op.batch_alter_table("manuscripts", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_manuscripts_origin_id"))
        batch_op.drop_index("ix_manuscripts_journal_state")
        batch_op.drop_index("ix_manuscripts_journal_since")
        batch_op.drop_index("ix_manuscripts_journal_section")
        batch_op.drop_index("ix_manuscripts_journal_received")
        batch_op.drop_index("ix_manuscripts_journal_identity")
        batch_op.drop_index("ix_manuscripts_journal_holder")
        batch_op.drop_index("ix_manuscripts_journal_due")
        batch_op.drop_index(batch_op.f("ix_manuscripts_handling_editor_id"))

    op.drop_table("manuscripts")
    with op.batch_alter_table("letter_texts", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_letter_texts_journal_id"))

    op.drop_table("letter_texts")
    with op.batch_alter_table("imports", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_imports_journal_id"))

    op.drop_table("imports")
    op.drop_table("calendar_feeds")
    with op.batch_alter_table("bulk_deeds", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_bulk_deeds_account_id"))

    op.drop_table("bulk_deeds")
    with op.batch_alter_table("audit_entries", schema=None) as batch_op:
        batch_op.drop_index("ix_audit_entries_journal")
        batch_op.drop_index("ix_audit_entries_account")

    op.drop_table("audit_entries")
    op.drop_table("refused_addresses")
    op.drop_table("journals")
    op.drop_table("job_runs")
    op.drop_table("accounts")
    # ### end Alembic commands ###
