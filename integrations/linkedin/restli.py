"""Rest.li's way of writing values into addresses and headers (linkedin.md 6.2).

By hand, because libraries encode what must stay: the brackets, commas and colons that
hold a query object together. Only the values inside are encoded, and they wholly.
"""

import re
from collections.abc import Mapping, Sequence
from urllib.parse import quote

Value = str | int | bool | Mapping[str, "Value"] | Sequence["Value"]

# Beyond this a query would have to travel as a body; nothing we ask is so long.
LONGEST_QUERY = 4000

_REDUCED = {"%28": "(", "%29": ")", "%2C": ",", "%3A": ":", "%27": "'"}


def key(value: str) -> str:
    """A value as one piece of a path: everything encoded, the colons too."""
    return quote(value, safe="")


def query(**parameters: Value) -> str:
    """A query string, to be put behind the question mark as it is."""
    found = "&".join(f"{name}={_written(one)}" for name, one in parameters.items())
    if len(found) > LONGEST_QUERY:
        raise ValueError("LinkedIn takes queries of 4,000 characters at most")
    return found


def _written(value: Value) -> str:
    """`(k:v,k2:v2)`, `List(a,b)`, or a single value."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int):
        return str(value)
    if isinstance(value, str):
        return key(value) or "''"
    if isinstance(value, Mapping):
        pairs = [f"{key(name)}:{_written(one)}" for name, one in value.items()]
        return f"({','.join(pairs)})"
    return f"List({','.join(_written(one) for one in value)})"


def reduced(header: str) -> str:
    """The value of a header such as `x-restli-id`, which encodes five characters at most."""
    return re.sub(
        r"%(?:28|29|2C|3A|27)",
        lambda match: _REDUCED[match[0].upper()],
        header.strip(),
        flags=re.IGNORECASE,
    )
