"""Numbers in addresses are numbers of rows: one larger than a table counts to is the address of nothing."""

from __future__ import annotations

from flask import Flask
from werkzeug.routing import IntegerConverter


class RowNumber(IntegerConverter):
    """`<int:…>` in an address: what PostgreSQL and the driver of SQLite agree to compare with a row's number."""

    regex = r"\d{1,9}"


def install(app: Flask) -> None:
    """Read every number in an address so. Comes before the addresses."""
    app.url_map.converters["int"] = RowNumber
