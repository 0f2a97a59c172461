"""Where articles come from: each kind of file with its reader. A reader is imported when it is asked for."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from importlib import import_module

from tracker.domain.errors import BadInput
from tracker.formats.article_record import ArticleRecord

Reading = ArticleRecord | BadInput

MAX_BYTES = 256 * 2**20


@dataclass(frozen=True)
class Source:
    """One kind of file. `suffixes` are those that a folder is searched for."""

    name: str
    module: str
    function: str
    suffixes: tuple[str, ...]

    def read(self, data: bytes) -> Iterable[Reading]:
        """The articles of a file, and in the place of each that cannot be read the reason.

        Raises BadInput where the file as a whole is not of this kind.
        """
        reader = getattr(import_module(f"tracker.formats.{self.module}"), self.function)
        readings: Iterable[Reading] = reader(data)
        return readings


SOURCES = {
    "page": Source("article page", "article_page", "read_pages", (".txt", ".html", ".htm", ".md")),
    "jats": Source("JATS XML", "jats", "read_jats", (".xml", ".nxml", ".jats")),
    "ojs": Source("OJS native XML", "ojs", "read_ojs", (".xml",)),
    "pubmed": Source("PubMed XML", "pubmed", "read_pubmed", (".xml",)),
    "crossref": Source("Crossref JSON", "crossref", "read_crossref", (".json", ".jsonl")),
    "doaj": Source("DOAJ JSON or CSV", "doaj", "read_doaj", (".json", ".jsonl", ".csv")),
}
