"""The people of the demonstration. All are made up, but for the two authors of the seed article."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from random import Random

from tracker.domain.roles import Role
from tracker.formats.article_record import AuthorRecord


@dataclass(frozen=True)
class DemoAccount:
    """Somebody to sign in as. The password is printed: the demonstration holds nothing worth keeping."""

    email: str
    name: str
    password: str
    role: Role
    journal: str


ACCOUNTS = (
    DemoAccount("chief@example.org", "Maren Oduya", "coaching-chief-demo", Role.CHIEF_EDITOR, "ijcp"),
    DemoAccount("editor@example.org", "Tomas Virtala", "coaching-editor-demo", Role.EDITOR, "ijcp"),
    DemoAccount("assistant@example.org", "Priya Lindqvist", "coaching-assistant-demo", Role.ASSISTANT, "ijcp"),
    DemoAccount("board@example.org", "Hugh Castellane", "coaching-board-demo", Role.READER, "ijcp"),
    DemoAccount("other@example.org", "Aroha Penrose", "tutoring-chief-demo", Role.CHIEF_EDITOR, "jtt"),
)

GIVEN = (
    "Adaeze", "Anneli", "Arturo", "Beatriz", "Bilal", "Bronwen", "Caoimhe", "Chidi", "Dagny", "Dmitri", "Eilidh",
    "Emre", "Fatou", "Gareth", "Hana", "Ines", "Ivo", "Jelena", "Jun", "Kavita", "Kerstin", "Laszlo", "Leilani",
    "Mateus", "Mei", "Nasrin", "Niamh", "Olumide", "Pilar", "Rasmus", "Ravi", "Sade", "Sanna", "Seung", "Tane",
    "Teodor", "Uma", "Vesna", "Wren", "Yusuf", "Zofia", "Zubin",
)  # fmt: skip
FAMILY = (
    "Abernathy-Cole", "Adomako", "Aldersey", "Bergvall", "Bonaventura", "Brightwell", "Castellanos", "Dahlgren",
    "Dubrovnik", "Ekwueme", "Eskelund", "Farnsworth", "Fonoti", "Garrigan", "Gulbrandsen", "Hakimi", "Hollister",
    "Ishiguchi", "Jablonsky", "Kaldor", "Kettleworth", "Lachance", "Lindemark", "Marchetti", "Mbeki-Lowe", "Nakagawa",
    "Nordhagen", "Oyelaran", "Pennywell", "Petrakis", "Quintero", "Rasmuson", "Sandoval", "Silverthorne", "Takahata",
    "Tennyson-Ray", "Umarov", "Vanterpool", "Weatherby", "Yamashiro", "Zielonka", "Zubair",
)  # fmt: skip
PLACES = (
    "University of Northmoor", "Karlsvik University", "Institute of Applied Psychology, Porto Alto",
    "Te Awa University", "St Brannoc's College", "University of Lakeland", "Centre for Work and Wellbeing, Brunnsta",
    "Eastmere Business School",
)  # fmt: skip


def authors(rng: Random) -> list[AuthorRecord]:
    """One to four authors; the first is the one to write to."""
    pairs = zip(rng.sample(GIVEN, k=4), rng.sample(FAMILY, k=4), strict=True)
    count = rng.choice((1, 2, 2, 3, 3, 4))
    return [
        AuthorRecord(
            given, family, _address(given, family), affiliation=rng.choice(PLACES), is_corresponding=not position
        )
        for position, (given, family) in enumerate(list(pairs)[:count])
    ]


def reviewers(rng: Random, count: int, writers: Sequence[AuthorRecord]) -> list[str]:
    """Reviewers as an editor types them: `Ada Lovelace <ada@example.org>`. Nobody reviews their own work."""
    families = [family for family in FAMILY if family not in {writer.family for writer in writers}]
    pairs = zip(rng.sample(GIVEN, k=count), rng.sample(families, k=count), strict=True)
    return [f"{given} {family} <{_address(given, family)}>" for given, family in pairs]


def _address(given: str, family: str) -> str:
    return f"{given}.{family}@example.org".lower()
