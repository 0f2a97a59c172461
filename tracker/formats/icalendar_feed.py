"""Due dates and letters as an iCalendar feed (RFC 5545): all-day entries, for calendars that subscribe."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta


@dataclass(frozen=True)
class DayEntry:
    """An all-day entry. `key` is the same whenever the feed is made, so that calendars move it and do not double it."""

    key: str
    on: date
    words: str
    text: str
    url: str


def icalendar_feed(name: str, entries: Iterable[DayEntry], *, now: datetime) -> bytes:
    """The feed as a file. The library is loaded here: nobody else needs it."""
    import icalendar

    feed = icalendar.Calendar()
    feed.add("prodid", "-//Journal Tracker//EN")
    feed.add("version", "2.0")
    feed.add("x-wr-calname", name)
    feed.add("refresh-interval", timedelta(hours=6), parameters={"VALUE": "DURATION"})
    for entry in entries:
        event = icalendar.Event()
        event.add("uid", f"{entry.key}@journal-tracker")
        event.add("dtstamp", now)
        event.add("dtstart", entry.on)
        event.add("dtend", entry.on + timedelta(days=1))
        event.add("summary", entry.words)
        event.add("description", entry.text)
        event.add("url", entry.url)
        event.add("transp", "TRANSPARENT")
        feed.add_component(event)
    return bytes(feed.to_ical())
