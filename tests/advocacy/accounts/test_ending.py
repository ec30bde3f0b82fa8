"""The one notice that a connection is about to end: early enough, once, and to its owner
alone.
"""

from datetime import timedelta

import pytest
from sqlalchemy import event

from advocacy.accounts.models import Account
from advocacy.accounts.queries import account_of
from integrations.clock import now

WORDS = "LinkedIn ends your connection on"


def ends_in(session, colleague, days: float) -> Account:
    account = account_of(session, colleague.person.id, "linkedin")
    account.expires_at = now() + timedelta(days=days)
    session.commit()
    return account


@pytest.mark.parametrize(("days", "said"), [(14.5, False), (13.5, True), (-0.1, False)])
def test_it_is_said_from_two_weeks_before_until_the_end(session, ivo, days, said):
    ivo.connect()
    ends_in(session, ivo, days)
    for page in ("/accounts", "/shares"):
        assert (WORDS in ivo.client.get(page).text) is said


def test_put_away_it_does_not_come_back_before_the_next_connection(session, ivo):
    ivo.connect()
    ends_in(session, ivo, 13)
    answer = ivo.client.post(
        "/accounts/linkedin/noted", data={"come_back_to": "/shares"}
    )
    assert answer.location == "/shares"
    for days in (7, 2):
        ends_in(session, ivo, days)
        assert WORDS not in ivo.client.get("/shares").text
    ivo.connect()
    assert WORDS not in ivo.client.get("/shares").text
    ends_in(session, ivo, 13)
    assert WORDS in ivo.client.get("/shares").text


def test_what_i_allow_says_that_a_connection_ended_and_offers_it_again(session, ivo):
    ended = "LinkedIn no longer takes this key. Connect again to post from here."
    assert ended not in ivo.client.get("/consent").text  # nothing was connected so far
    ivo.connect()
    assert ended not in ivo.client.get("/consent").text

    account_of(session, ivo.person.id, "linkedin").refused_at = now()
    session.commit()

    page = ivo.client.get("/consent").text
    assert ended in page
    assert "</svg>Connect again</button>" in page
    assert "</svg>Connect LinkedIn</button>" not in page


def test_what_i_allow_looks_an_account_up_once(connection, ivo):
    ivo.connect()
    seen = []
    event.listen(
        connection, "before_cursor_execute", lambda *given: seen.append(given[2])
    )
    ivo.client.get("/consent")
    assert sum("FROM account" in statement for statement in seen) == 1


def test_nobody_else_is_told(session, ivo, marit):
    ivo.connect()
    marit.connect()
    ends_in(session, ivo, 3)
    assert WORDS not in marit.client.get("/shares").text
    marit.client.post("/accounts/linkedin/noted")
    assert WORDS in ivo.client.get("/shares").text


def test_what_is_renewed_without_the_person_needs_no_notice(session, ivo):
    ivo.connect()
    account = ends_in(session, ivo, 3)
    account.refresh_locked = b"something"
    account.refresh_expires_at = now() + timedelta(days=100)
    session.commit()
    assert WORDS not in ivo.client.get("/shares").text
    account.refresh_locked = None
    session.commit()
    assert WORDS in ivo.client.get("/shares").text


def test_a_refused_connection_says_so_instead(session, ivo):
    ivo.connect()
    account = ends_in(session, ivo, 3)
    account.refused_at = now()
    session.commit()
    page = ivo.words()
    assert WORDS not in page
    assert "LinkedIn no longer takes this key." in page
    assert "Works until" not in page


def test_the_notice_leads_to_the_network_and_back(session, ivo):
    ivo.connect()
    ends_in(session, ivo, 3)
    page = ivo.client.get("/shares").text
    assert 'name="come_back_to" value="/shares"' in page
    assert ivo.connect(come_back_to="/shares").location == "/shares"
    assert WORDS not in ivo.client.get("/shares").text
