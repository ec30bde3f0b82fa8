"""Lists of units and people as somebody hands them over, and what became of them."""

from pathlib import Path

from sqlalchemy import Engine, text

from advocacy import cli

NAMES = ["ada", "ben", "cas", "dee", "els", "fin"]
UNITS = """unit,parent
Veenstroom,
Field operations,Veenstroom
Technology,Veenstroom
"""
PEOPLE = """email;unit
ada@x.example;Field operations
Ben@X.example;field operations
cas@x.example;Technology
dee@x.example;Technology
"""


def stored(engine: Engine) -> list[str]:
    """Every row, with where it lies and who wrote it: nothing in it was written anew."""
    query = """
        SELECT concat(ctid, xmin, person::text) FROM person UNION ALL
        SELECT concat(ctid, xmin, unit::text) FROM unit ORDER BY 1"""
    with engine.connect() as connection:
        return list(connection.scalars(text(query)))


def take(folder: Path, units: str, people: str = "", *options: str) -> int:
    (folder / "units.csv").write_text(units)
    (folder / "people.csv").write_text(people)
    given = ["--people", str(folder / "people.csv")] if people else []
    return cli.main(["import-units", str(folder / "units.csv"), *given, *options])


def tree_of(engine: Engine) -> dict[str, str | None]:
    query = "SELECT u.name, p.name FROM unit u LEFT JOIN unit p ON p.id = u.parent_id"
    with engine.connect() as connection:
        return dict(connection.execute(text(query)).all())
