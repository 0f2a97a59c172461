"""The lifecycle as a Mermaid state diagram, drawn from the table of transitions."""

from __future__ import annotations

from collections import defaultdict

from tracker.domain.transitions import TRANSITIONS, Transition
from tracker.domain.words import Action, State, spoken

# An appeal that is granted leads where its kind says.
LEADS_BY_KIND = {Action.APPEAL_GRANTED: (State.UNDER_REVIEW, State.RECEIVED)}


def lifecycle_diagram() -> str:
    """The whole table as Mermaid `stateDiagram-v2` source; actions that leave the state are notes beside it."""
    lines = ["stateDiagram-v2"]
    lines += [f'    state "{spoken(state)}" as {state}' for state in State]
    stays: dict[State, list[str]] = defaultdict(list)
    for row in TRANSITIONS:
        if row.opens_a_record:
            lines.append(f"    [*] --> {row.target}: {_label(row)}")
        for source in sorted(row.sources, key=list(State).index):
            targets = (row.target,) if row.target else LEADS_BY_KIND.get(row.action, ())
            lines += [f"    {source} --> {target}: {_label(row)}" for target in targets]
            if not targets:
                stays[source].append(_label(row))
    for state in (state for state in State if state in stays):
        lines += [f"    note right of {state}", *(f"        {label}" for label in stays[state]), "    end note"]
    return "\n".join(lines) + "\n"


def _label(row: Transition) -> str:
    if row.action == Action.REINSTATED:
        return f"{row.number} reinstated, back to the state before"
    kinds = f" ({', '.join(spoken(kind) for kind in row.kinds)})" if row.kinds else ""
    return f"{row.number} {row.done.lower()}{kinds}"
