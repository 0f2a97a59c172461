"""What a journal decides for itself: due days, reminder steps, required reviews, anonymity. Defaults are here."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from typing import Any, Literal

# NISO Z39.106-2023, “Standard Terminology for Peer Review”: identity transparency.
ANONYMITY = ("all_identities_visible", "single_anonymized", "double_anonymized", "triple_anonymized")

DAYS_DUE = {
    "screening": 7, "decision": 7, "resubmission": 7, "appeal": 7, "invitation": 7, "review": 28,
    "revision_minor": 30, "revision_major": 60, "revision_conditional": 30, "completion": 30,
    "proofs": 5, "production": 30,
}  # fmt: skip

# Automatic letters, in days from the due date; an invitation's count from its sending.
LETTER_STEPS: dict[str, tuple[int, ...]] = {
    "invitation": (4, 8), "review": (-7, 1, 7), "revision": (-7, 3, 14), "proofs": (-1, 2), "completion": (-7, 3, 14),
}  # fmt: skip

# Days after the due date at which the editor is asked to act; None: never.
EDITOR_STEPS: dict[str, int | None] = {
    "invitation": 4, "review": 14, "revision": 21, "proofs": 5, "completion": 21,
}  # fmt: skip


@dataclass(frozen=True)
class Policy:
    """One journal's numbers. `days_due` and `letter_steps` are keyed by the kind of task (`domain.tasks`).

    `reminders_live` False is dry-run: letters are planned and shown, and none is queued. `escalation_days` are the days
    after which what an editor lets lie stands in the chief editor's digest. `courtesy_days` count from Received until
    the journal has a percentile of its own; None: no courtesy letter is drafted. `public_articles` puts the
    published articles on public pages, `public_turnaround` the yearly figures, `public_status` lets an editor share a
    manuscript's status with its authors by a secret address. `dates_style` is how processing dates
    are printed (`formats.date_styles`), `imprint` what other systems ask of a journal: publisher, ISSN, depositor
    (`formats.imprint`). Until `retention_armed`, nothing that is kept too long is forgotten by itself.
    """

    required_reviews: int = 2
    anonymity: Literal["all_identities_visible", "single_anonymized", "double_anonymized", "triple_anonymized"] = (
        "single_anonymized"
    )
    reminders_live: bool = False
    public_turnaround: bool = False
    public_articles: bool = False
    public_status: bool = False
    retention_armed: bool = False
    keep_rejected_months: int = 24
    keep_idle_reviewers_months: int = 60
    days_due: Mapping[str, int] = field(default_factory=lambda: dict(DAYS_DUE))
    letter_steps: Mapping[str, tuple[int, ...]] = field(default_factory=lambda: dict(LETTER_STEPS))
    editor_steps: Mapping[str, int | None] = field(default_factory=lambda: dict(EDITOR_STEPS))
    escalation_days: tuple[int, ...] = (14, 28)
    weekly_digest: bool = True
    courtesy_days: int | None = 60
    courtesy_again_days: int = 30
    dates_style: Mapping[str, Any] = field(default_factory=dict)
    imprint: Mapping[str, str] = field(default_factory=dict)

    @classmethod
    def from_settings(cls, settings: Mapping[str, Any]) -> Policy:
        """The defaults with a journal's own settings laid over them; unknown names are left alone."""
        known = {item.name: settings[item.name] for item in fields(cls) if item.name in settings}
        if "days_due" in known:
            known["days_due"] = {**DAYS_DUE, **known["days_due"]}
        if "editor_steps" in known:
            known["editor_steps"] = {**EDITOR_STEPS, **known["editor_steps"]}
        if "escalation_days" in known:
            known["escalation_days"] = tuple(known["escalation_days"])
        if "letter_steps" in known:
            own = {task: tuple(steps) for task, steps in known["letter_steps"].items()}
            known["letter_steps"] = {**LETTER_STEPS, **own}
        return cls(**known)
