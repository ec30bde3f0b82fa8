"""What is asked for and is not there, or not for this reader: one answer for all of it."""

import re
from html import unescape

import pytest

from advocacy.people.roles import Role
from tests.advocacy.reach.reading import sign_in, statements

HIDDEN = [
    f"/reach/{name}{ending}"
    for name in ("units", "items")
    for ending in ("", ".csv", ".json")
]
OTHERS = [
    (),
    (Role.MANAGER,),
    (Role.ADMINISTRATOR,),
    (Role.MANAGER, Role.ADMINISTRATOR),
]
pytestmark = pytest.mark.usefixtures("at_reading")


def whole(page, address):
    """All bytes of an answer, but for what was asked and for who asks."""
    text = unescape(page.text).replace(address, "/…")
    text = re.sub(r'name="csrf_token" value="[^"]*"', "", text)
    headers = {
        name: re.sub(r"nonce-[^']*", "", value)
        for name, value in page.headers
        if name not in {"Set-Cookie", "Content-Length"}
    }
    return page.status_code, text, sorted(headers.items())


@pytest.mark.parametrize("roles", OTHERS, ids=str)
@pytest.mark.parametrize("address", HIDDEN)
def test_who_may_not_read_a_page_does_not_hear_of_it(
    client, session, world, connection, address, roles
):
    person = world.person(on=None)
    person.role_names = [role.value for role in roles]
    sign_in(client, session, person)
    answers, asked = set(), set()
    for one in (address, "/reach/nothing-here", "/nothing-here"):
        with statements(connection) as seen:
            page = client.get(one)
        answers.add(str(whole(page, one)))
        asked.add(len(seen))
    assert len(answers) == len(asked) == 1
    assert page.status_code == 404
    assert address not in client.get("/reach").text
