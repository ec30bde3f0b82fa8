"""The same walk by every form: what others send changes nothing of the planted person and
is answered as if that person did not exist.
"""

import io
import re
from contextlib import contextmanager, redirect_stderr
from datetime import timedelta
from typing import NamedTuple

import pytest
from sqlalchemy import select

from advocacy.accounts.models import Account
from advocacy.accounts.operations import about_token
from advocacy.consent.models import Purpose
from advocacy.consent.operations import give
from advocacy.people.models import Person
from advocacy.people.roles import Role
from advocacy.shares.models import UNSENT, Share, ShareState
from content.items import Item
from integrations.clock import now
from tests.advocacy.signing_in import signed_in
from tests.privacy.conftest import colleague
from tests.privacy.forms import CLOSED, FORMS, LEAVES, LOOKS, OPERATORS
from tests.privacy.planting import STATES, make_item, share_of
from tests.privacy.test_route_walk import ROLES, addresses, marks_in, seen, values_of


class Other(NamedTuple):
    """Somebody else, with shares of their own, and an item nobody else shared."""

    person: Person
    shares: list[Share]
    item: Item


UNKNOWN = f"{8:019d}"
FAMILIAR = {ShareState.COPIED, ShareState.TOLD, ShareState.PUBLISHED}


@pytest.fixture
def make_other(app, session):
    """Somebody who may post through an account, and has shares in every state."""

    def make(*roles):
        person = colleague(session, "Other Colleague", *roles)
        give(session, person, Purpose.POST_FOR_ME, "en", "a test", now())
        vault = app.extensions["advocacy"].outside.vault
        locked = vault.lock("a token", about_token(person.id, "linkedin"))
        account = Account(
            person_id=person.id,
            network="linkedin",
            client_id=app.extensions["advocacy"].settings.linkedin_client_id,
            member_id="member-of-other",
            member_name="Other Colleague",
            scopes=["openid", "profile", "w_member_social"],
            token_locked=locked.data,
            token_key_id=locked.key_id,
            expires_at=now() + timedelta(days=50),
        )
        session.add(account)
        item = make_item(session, "heat")
        shares = [
            share_of(session, person, item, n, "other") for n in range(len(STATES))
        ]
        session.commit()
        return Other(person, shares, item)

    return make


@contextmanager
def undone(connection):
    """What a form changes is taken back, so that the next one finds all as it was."""
    step = connection.begin_nested()
    yield
    step.rollback()


def rows_of(connection, planted, *, but=()):
    table = Share.__table__
    mine = select(table).where(table.c.person_id == planted.person.id)
    rows = connection.execute(mine.order_by(table.c.id)).all()
    return [row for row in rows if row.id not in but]


def send(app, cookie, address, form, **more):
    """One form from a browser that has just this cookie."""
    browser = app.test_client()
    with browser.session_transaction() as held:
        held.update(cookie)
    return browser.post(address, data=form, **more)


def cookie_of(app, session, person):
    browser = app.test_client()
    signed_in(browser, session, person)
    with browser.session_transaction() as cookie:
        return dict(cookie)


@pytest.mark.parametrize("roles", ROLES)
def test_others_change_and_learn_nothing_of_somebody_by_any_form(
    app, connection, session, planted, make_other, roles
):
    other = make_other(*roles)
    cookie = cookie_of(app, session, other.person)
    values = values_of(planted)
    values["public_id"] = values["share_id"] = [
        share.public_id for share in (*planted.shares, *other.shares)
    ]
    values["item_id"] = [planted.item.id, other.item.id]
    planned = {share.id for share in planted.shares if share.state in UNSENT}
    log, accepted = io.StringIO(), set()
    for endpoint, address in addresses(app, planted, "POST", values):
        assert endpoint in FORMS, f"teach forms.py what {endpoint} is sent"
        # A story that leaves the library takes along what is planned of it.
        but = planned if endpoint == "curation.withdraw" else ()
        before = rows_of(connection, planted, but=but)
        for form in FORMS[endpoint](planted):
            with undone(connection), redirect_stderr(log):
                with send(app, cookie, address, form) as answer:
                    text = seen(answer)
                typed = [text for text in form.values() if isinstance(text, str)]
                assert marks_in(planted, text, address, *typed) == [], address
                assert answer.status_code < 500, address
                assert rows_of(connection, planted, but=but) == before, address
            assert (
                "/sign-in" not in answer.headers.get("Location", "")
                or endpoint in LEAVES
            )
            # A change that comes too late answers with what was typed.
            late = endpoint == "shares.change_time" and answer.status_code == 422
            if late or answer.status_code == (200 if endpoint in LOOKS else 302):
                accepted.add(endpoint)
    assert marks_in(planted, log.getvalue()) == []
    if Role.COMMUNICATIONS in roles:
        # Nothing stopped at the door: each form was sent as it is meant to be.
        others = set() if Role.ADMINISTRATOR in roles else OPERATORS
        assert accepted == FORMS.keys() - CLOSED - others


def plain(text, *said):
    """A page without what differs between any two, and without what was typed."""
    text = re.sub(r'name="csrf_token" value="[^"]*"|nonce[-=]"?[\w-]+', "", text)
    text = re.sub(r"(?im)^(set-cookie|date|x-request-id|content-length):.*$", "", text)
    for piece in said:
        text = text.replace(piece, "N")
    return text


@pytest.mark.parametrize("form", ["told", "address"])
def test_telling_somebody_elses_post_reads_like_telling_an_unknown_one(
    app, connection, session, planted, make_other, form
):
    other = make_other()
    cookie = cookie_of(app, session, other.person)
    theirs = next(s for s in planted.shares if s.state is ShareState.PUBLISHED)
    number = theirs.post_id.rpartition(":")[2]
    for share in (s for s in other.shares if s.state in FAMILIAR):
        answers = []
        for said in (number, UNKNOWN):
            typed = f"https://www.linkedin.com/feed/update/urn:li:share:{said}/"
            address = f"/shares/{share.public_id}/{form}"
            with undone(connection):
                answer = send(
                    app, cookie, address, {"address": typed}, follow_redirects=True
                )
            way = [answer.status, *(step.location for step in answer.history)]
            answers.append((way, plain(seen(answer), said)))
        assert answers[0] == answers[1], share.state
        # Kept like any other, or given back where the post moved on meanwhile.
        assert "/shares" in way or way == ["422 UNPROCESSABLE ENTITY"], share.state
