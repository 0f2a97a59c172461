"""How many history lines a second are read: `python tests/benchmarks/bench_history_lines.py`."""

from __future__ import annotations

import time
from datetime import date, timedelta

from tracker.domain.dates import day_in_words
from tracker.formats.history_lines import parse_history

LINES = 20_000


def made_up_lines(style: str) -> list[str]:
    """Lines whose dates all differ, so that nothing is only read from memory."""
    lines = []
    for number in range(LINES):
        days = [date(1950, 1, 1) + timedelta(days=number + 40 * step) for step in range(4)]
        lines.append(style.format(*(day_in_words(day) for day in days)))
    return lines


STYLES = {
    "one date": "Received {0}",
    "two dates": "Received: {0} / Accepted: {1}",
    "four dates, the seed's style": (
        "Processing dates: Received {0}; Re-submitted {1}; Accepted {2}; Published online {3}"
    ),
    "four dates, with a volume": (
        "Received {0}; Received in revised form {1}; Accepted {2} Journal of Paths 140 (2025) 109687 "
        "Available online {3}"
    ),
    "no history": "Accepted for publication in the Journal of Invented Paths; see page 14",
}


def main() -> None:
    """Print one row a style: lines per second of processor time."""
    print(f"{'style':32} {'lines/s':>10}")
    for name, style in STYLES.items():
        lines = made_up_lines(style)
        began = time.process_time()
        for line in lines:
            parse_history(line)
        print(f"{name:32} {LINES / (time.process_time() - began):10,.0f}")


if __name__ == "__main__":
    main()
