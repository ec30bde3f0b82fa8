"""The page of figures of a service that answers every question put to it: live, exactly, and
nothing below five who took part.
"""

from collections.abc import Mapping

from sqlalchemy import select
from sqlalchemy.orm import Session
from werkzeug.test import Client
from werkzeug.wrappers import Request, Response

from advocacy.people.models import Person
from advocacy.shares.models import Share
from tests.attacks.naive import naive_total

Said = dict[str, str]  # of one share, under the words one can ask with


def naive_site(session: Session) -> Client:
    """A browser for it: how many shared, of the unit, item, week and person asked for.

    A word it does not know changes nothing, and a value that is none finds nobody.
    """
    query = select(
        Share.person_id, Person.unit_id, Share.item_id, Share.posted_at
    ).join(Person, Person.id == Share.person_id)
    shares: list[Said] = [
        {
            "person": str(person_id),
            "unit": str(unit_id),
            "item": str(item_id),
            "week": f"{posted_at:%G-W%V}",
        }
        for person_id, unit_id, item_id, posted_at in session.execute(query)
    ]

    @Request.application
    def site(request: Request) -> Response:
        found = {one["person"] for one in shares if _fits(one, request.args)}
        return Response(f"{naive_total([1] * len(found))}")

    return Client(site)


def _fits(share: Said, asked: Mapping[str, str]) -> bool:
    return all(share.get(word, value) == value for word, value in asked.items())
