"""The tracked links of a service as others make it: numbered, tagged and counted for all.

A plus behind a link tells its visits, each person's link leads to an address with their own
tag, and a line of the access log has the whole address.
"""

import sys
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Iterable

from werkzeug.test import Client
from werkzeug.wrappers import Request, Response

from advocacy.links.codes import RANDOM_BYTES
from advocacy.links.fast_path import PREFIX

TARGET = "https://veenstroom.example/story"


def code_of(number: int) -> str:
    """As the service writes its random ones."""
    raw = (number % 2 ** (8 * RANDOM_BYTES)).to_bytes(RANDOM_BYTES)
    return urlsafe_b64encode(raw).decode().rstrip("=")


def number_of(code: str) -> int:
    return int.from_bytes(urlsafe_b64decode(code + "="))


def naive_links(visits: Iterable[int]) -> tuple[Client, list[str]]:
    """A browser for a site with links that were visited so often, and their codes."""
    live = {code_of(n): number for n, number in enumerate(visits, 1)}

    @Request.application
    def site(request: Request) -> Response:
        sys.stderr.write(f"{request.method} {request.path} 302\n")
        code = request.path.removeprefix(PREFIX)
        if code.rstrip("+") not in live:
            return Response("unknown", 404)
        if code.endswith("+"):
            return Response(f"{live[code.rstrip('+')]} visits")
        tag = f"{TARGET}?utm_source=person-{number_of(code)}"
        return Response(status=302, headers={"Location": tag})

    return Client(site), list(live)
