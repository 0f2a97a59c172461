"""The geometry of a manuscript's timeline: dates in, positioned shapes out.

Pure functions; no markup, no colour. `templates/components/timeline.html` writes the shapes as SVG. Two
pictures are drawn, one for wide and one for narrow columns: scaling a single one down to a phone would make
its words unreadable. All lengths are viewBox units, which are close to CSS pixels in both.

Milestone labels are flags: each stands to the right of its own leader, and flags that would collide are
stacked in lanes from right to left, so that no leader runs through another's words. Only flags with no room
left at the right edge are hung to the left of their leader instead.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from tracker.web.timeline_axis import MARGIN, Scale, Tick, place_ticks, short_day, shortened, text_width

WIDE = 820.0
NARROW = 380.0

LABEL_GAP = 10.0
WIDEST_LABEL = 0.45  # of the picture; the table below it has the full words
LANE = 32.0  # a flag has two lines: what, when
TOP = 4.0
STEM = 10.0  # from the lowest flag to the bar
BAR = 28.0
AXIS = 30.0
HAIRLINE = 2.0  # a segment of 0 days can still be seen

HOLDER_WORDS = {
    "editor": "Editor",
    "reviewers": "Reviewers",
    "author": "Author",
    "production": "Production",
    "hold": "On hold",
    "nobody": "Closed",
    "unknown": "Not known",
}


@dataclass(frozen=True)
class Segment:
    """Who held the ball from one date to another; both are dates of the journal's calendar."""

    holder: str
    started_on: date
    ended_on: date

    @property
    def word(self) -> str:
        return HOLDER_WORDS.get(self.holder, self.holder)

    @property
    def days(self) -> int:
        """Calendar days, end minus start; 0 for a segment within one day."""
        return (self.ended_on - self.started_on).days


@dataclass(frozen=True)
class Milestone:
    on: date
    label: str


@dataclass(frozen=True)
class Bar:
    """A segment in place. `text` is what fits inside, and may be empty."""

    segment: Segment
    x: float
    width: float
    text: str

    @property
    def middle(self) -> float:
        return self.x + self.width / 2


@dataclass(frozen=True)
class Flag:
    """A milestone in place: its marker at `x`, words between `left` and `right`; lane 0 is nearest the bar."""

    milestone: Milestone
    text: str
    when: str
    x: float
    left: float
    right: float
    lane: int
    y: float

    @property
    def hangs_left(self) -> bool:
        return self.left < self.x - 1


@dataclass(frozen=True)
class Drawing:
    """One picture, `width` by `height`; the bar runs from `bar_top` to `bar_bottom`."""

    width: float
    height: float
    bar_top: float
    bars: tuple[Bar, ...]
    flags: tuple[Flag, ...]
    ticks: tuple[Tick, ...]

    @property
    def bar_bottom(self) -> float:
        return self.bar_top + BAR

    @property
    def holders(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(bar.segment.holder for bar in self.bars))


@dataclass(frozen=True)
class TimelinePicture:
    """What the template needs: the two drawings, and the facts for the table and the description."""

    wide: Drawing
    narrow: Drawing
    segments: tuple[Segment, ...]
    milestones: tuple[Milestone, ...]
    first_on: date
    last_on: date


def timeline_picture(segments: Iterable[Segment], milestones: Iterable[Milestone]) -> TimelinePicture | None:
    """Both drawings of a history, or None if there is nothing to draw. Order of the input does not matter.

    A segment that ends before it starts is a ValueError: the fold never makes one.
    """
    spans = tuple(sorted(segments, key=lambda s: (s.started_on, s.ended_on)))
    points = tuple(sorted(milestones, key=lambda m: m.on))
    backwards = next((s for s in spans if s.days < 0), None)
    if backwards:
        raise ValueError(f"a segment ends {backwards.ended_on}, before it starts {backwards.started_on}")
    dates = [on for s in spans for on in (s.started_on, s.ended_on)] + [m.on for m in points]
    if not dates:
        return None
    first_on, last_on = min(dates), max(dates)
    return TimelinePicture(
        wide=draw(spans, points, first_on, last_on, WIDE),
        narrow=draw(spans, points, first_on, last_on, NARROW),
        segments=spans,
        milestones=points,
        first_on=first_on,
        last_on=last_on,
    )


def draw(
    segments: Sequence[Segment], milestones: Sequence[Milestone], first_on: date, last_on: date, width: float
) -> Drawing:
    scale = Scale(first_on, last_on, width)
    places = place_flags(milestones, scale)
    lanes = 1 + max((place.lane for place in places), default=-1)
    bar_top = TOP + lanes * LANE + (STEM if lanes else 0)
    flags = tuple(
        Flag(p.milestone, p.text, p.when, p.x, p.left, p.right, p.lane, bar_top - STEM - (p.lane + 1) * LANE)
        for p in places
    )
    return Drawing(
        width=width,
        height=bar_top + BAR + AXIS,
        bar_top=bar_top,
        bars=tuple(place_bar(segment, scale) for segment in segments),
        flags=flags,
        ticks=place_ticks(scale),
    )


# --- segments -----------------------------------------------------------------


def place_bar(segment: Segment, scale: Scale) -> Bar:
    x = scale.x(segment.started_on)
    width = max(scale.x(segment.ended_on) - x, HAIRLINE)
    x = min(x, scale.width - MARGIN - HAIRLINE)
    return Bar(segment, x, width, longest_that_fits(bar_texts(segment), width - 8))


def bar_texts(segment: Segment) -> tuple[str, ...]:
    """From the fullest to the shortest; the number alone still says how long, its colour and weave who."""
    days = f"{segment.days} day" if segment.days == 1 else f"{segment.days} days"
    return (f"{segment.word}, {days}", days, str(segment.days))


def longest_that_fits(texts: Iterable[str], width: float) -> str:
    return next((text for text in texts if text_width(text) <= width), "")


# --- milestones ---------------------------------------------------------------


@dataclass(frozen=True)
class Place:
    """A flag before the height of the picture is known."""

    milestone: Milestone
    text: str
    when: str
    x: float
    left: float
    right: float
    lane: int = 0


def place_flags(milestones: Sequence[Milestone], scale: Scale) -> tuple[Place, ...]:
    """Flags in date order, each in the lowest lane where it touches no other flag and no other's leader."""
    upright = [upright_flag(m, scale) for m in sorted(milestones, key=lambda m: m.on)]
    hanging = overflowing(upright, scale.width)
    placed: list[Place] = []
    for place in reversed([p for p in upright if p not in hanging]):
        placed.append(in_lowest_lane(place, placed))
    for place in hanging:
        span = place.right - place.left
        left = max(place.x - span, 0.0)
        turned = Place(place.milestone, place.text, place.when, place.x, left, left + span)
        placed.append(in_lowest_lane(turned, placed))
    return tuple(sorted(placed, key=lambda p: (p.x, p.lane)))


def upright_flag(milestone: Milestone, scale: Scale) -> Place:
    when = short_day(milestone.on)
    text = shortened(milestone.label, scale.width * WIDEST_LABEL)
    x = scale.x(milestone.on)
    return Place(milestone, text, when, x, x, x + max(text_width(text), text_width(when)) + LABEL_GAP)


def overflowing(places: Sequence[Place], width: float) -> list[Place]:
    """The flags that must hang to the left: no room at the edge, or in the way of such a one's leader."""
    hanging = [p for p in places if p.right > width]
    if not hanging:
        return []
    first = min(p.x for p in hanging)
    return [p for p in places if p.right > width or p.right > first]


def in_lowest_lane(place: Place, placed: Sequence[Place]) -> Place:
    lane = 0
    while any(clash(place, lane, other) for other in placed):
        lane += 1
    return Place(place.milestone, place.text, place.when, place.x, place.left, place.right, lane)


def clash(place: Place, lane: int, other: Place) -> bool:
    if other.lane < lane:
        return False  # its leader would run over our words only from above
    if other.lane > lane:
        return place.left < other.x < place.right
    return place.left < other.right and other.left < place.right
