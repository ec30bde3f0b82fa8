"""Where a row stands in a list by date, as text for an address: the next page begins there."""

import re
from datetime import UTC, datetime, timedelta

_BEGINNING = datetime(1970, 1, 1, tzinfo=UTC)


def written_place(moment: datetime, number: int) -> str:
    """Of a row's date and id."""
    return f"{(moment - _BEGINNING) // timedelta(microseconds=1)}-{number}"


def read_place(place: str) -> tuple[datetime, int] | None:
    """The date and the id; None for what is no place."""
    found = re.fullmatch(r"(\d{1,17})-(\d{1,9})", place, re.ASCII)
    if found is None:
        return None
    return _BEGINNING + timedelta(microseconds=int(found[1])), int(found[2])
