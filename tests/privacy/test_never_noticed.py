"""Whether a colleague ever came, joined or refused changes nothing that others see."""

import pytest

from integrations.clock import clock_at, now
from tests.advocacy.shares.making import connect_account
from tests.advocacy.signing_in import signed_in
from tests.attacks.walking import bytes_of, same_chance
from tests.privacy.conftest import colleague
from tests.privacy.test_form_walk import undone
from tests.privacy.test_never_on_pages import CODES, PAGES
from tests.privacy.test_route_walk import ROLES, addresses, values_of


def stay_away(app, session, person):
    """Never signs in."""


def refuse(app, session, person):
    """Looks round, tries everything, and turns it all off."""
    browser = signed_in(app.test_client(), session, person)
    for page in PAGES:
        assert browser.get(page).status_code == 200
    for code in CODES:
        for answer in ("on", "off"):
            assert browser.post(f"/consent/{code}", data={"answer": answer})


def join(app, session, person):
    """Allows everything and connects an account."""
    browser = signed_in(app.test_client(), session, person)
    for code in CODES:
        assert browser.post(f"/consent/{code}", data={"answer": "on"})
    connect_account(session, person)
    session.commit()


def all_pages(app, browser, planted):
    """What came back, to the byte."""
    found = {}
    for _endpoint, address in addresses(app, planted, "GET", values_of(planted)):
        with same_chance(address), browser.get(address) as answer:
            found[address] = bytes_of(answer)
    return found


def own_page(app, session, person):
    with same_chance("own"):
        browser = signed_in(app.test_client(), session, person)
        return bytes_of(browser.get("/consent"))


@pytest.mark.parametrize("roles", ROLES)
def test_staying_away_refusing_and_joining_look_the_same_to_others(
    app, session, connection, planted, roles
):
    with clock_at(now()):
        somebody = colleague(session, "Newcomer Who")
        other = colleague(session, "Other Colleague", *roles)
        with same_chance("reader"):
            reader = signed_in(app.test_client(), session, other)
        with undone(connection):
            all_pages(app, reader, planted)  # the first time some draw once for all
        seen, own = [], set()
        for lives in (stay_away, refuse, join):
            with undone(connection):
                lives(app, session, somebody)
                seen.append(all_pages(app, reader, planted))
                own.add(own_page(app, session, somebody))
            session.expire_all()
    assert len(own) == 3  # what is hidden from others is there to be seen
    assert len(seen[0]) > 40
    for others in seen[1:]:
        assert [one for one in others if others[one] != seen[0][one]] == []
