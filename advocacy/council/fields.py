"""Every column of the database, with the sentence that says what it holds."""

import tomllib
from functools import cache
from pathlib import Path

from flask_babel import gettext as _
from sqlalchemy import MetaData

from advocacy.council.document import Part, Section, Table
from advocacy.web.language import language

# Words in both languages: {part of the report: {table: {column: (English, Dutch)}}}.
Words = dict[str, dict[str, dict[str, list[str]]]]
FILE = Path(__file__).with_name("fields.toml")
EVERY, ABOUT = "every", "about"


@cache
def words() -> Words:
    """As they stand in the file, [every] apart."""
    return {name: part for name, part in _file().items() if name != EVERY}


@cache
def in_every_table() -> dict[str, list[str]]:
    """Columns that say the same wherever they stand."""
    return _file()[EVERY]


@cache
def _file() -> dict:  # type: ignore[type-arg]  # as deep as its reader makes it
    return tomllib.loads(FILE.read_text(encoding="utf-8"))


def sentence(part: str, table: str, column: str, spoken: str) -> str:
    """What a column holds. Raises KeyError for one that nobody described."""
    said = words()[part][table].get(column) or in_every_table()[column]
    return said[1] if spoken == "nl" else said[0]


def fields(metadata: MetaData) -> Section:
    """All tables of `metadata`, in the order of the file."""
    return Section(
        "fields",
        _("What is stored"),
        (
            _(
                "These are all tables and columns of the database: what is not here is"
                " not stored in it."
            ),
            _(
                "Beside it, in the folder of the service: the files of the library;"
                " answers and visits that wait for the database, with numbers, days and"
                " fingerprints; and what was drawn for figures, which is nobody’s. In"
                " the memory server: how often somebody knocked at a door, under a"
                " fingerprint, and, where several processes share that, who visited a"
                " link today, under a fingerprint that midnight makes useless."
            ),
            _(
                "“Locked” means encrypted with a key that is not in the database. A"
                " fingerprint is a number from which what it was made of cannot be"
                " read."
            ),
        ),
        parts=tuple(_part(name, metadata) for name in words()),
    )


def _part(name: str, metadata: MetaData) -> Part:
    titles = {
        "people": _("About people"),
        "visits": _("About links and how often they are visited"),
        "figures": _("About figures, which are nobody’s"),
        "library": _("The library"),
        "service": _("The service itself"),
    }
    return Part(
        titles[name], tables=tuple(_table(name, one, metadata) for one in words()[name])
    )


def _table(part: str, name: str, metadata: MetaData) -> Table:
    spoken = language()
    columns = metadata.tables[name].columns
    return Table(
        caption=f"{name}: {sentence(part, name, ABOUT, spoken)}",
        head=(),
        rows=tuple(
            (one.name, sentence(part, name, one.name, spoken)) for one in columns
        ),
    )
