"""Canary walk: no page, header or log that others get shows anything of the planted person.

privacy.md 5, first row. The routes come from the router, so a new one walks along by itself; a
route whose parameters, or whose form, are unknown here fails the test.
"""

import io
from contextlib import redirect_stderr

import pytest

from advocacy.people.roles import Role
from integrations.clock import now
from tests.advocacy.signing_in import signed_in
from tests.privacy.conftest import FILE_NAME, colleague
from tests.privacy.figures_out import PART
from tests.privacy.planting import CAMERA

EDITORS = (Role.COMMUNICATIONS,)
ROLES = [
    pytest.param((Role.MANAGER,), id="manager"),
    pytest.param(EDITORS, id="communications"),
    pytest.param((Role.ADMINISTRATOR,), id="administrator"),
    pytest.param((Role.AUDITOR,), id="auditor"),
    pytest.param((), id="colleague"),
    pytest.param(tuple(Role), id="all roles at once"),
]
SIZES = ["full", "640", "1280"]


def values_of(planted):
    """For each route parameter, values that exist and belong to the planted person."""
    return {
        "item_id": [planted.item.id],
        "public_id": [share.public_id for share in planted.shares],
        "share_id": [share.public_id for share in planted.shares],
        "code": ["p1", "p3"],
        "network": ["linkedin"],
        "record_id": planted.records,
        "name": SIZES,
        "filename": ["css/base.css"],
        "key": [PART],
        "proposal_id": [planted.proposal.id],
        "change_id": [2**31 - 1],
        "year": [now().year],
        "entry_id": [2**31 - 1],
    }


def addresses(app, planted, method, values):
    """(endpoint, address) of every route with this method.

    A list, because requests made while this context is open would share its `g`.
    """
    found = []
    with app.test_request_context():
        for rule in app.url_map.iter_rules():
            if method not in rule.methods:
                continue
            unknown = rule.arguments - values.keys()
            assert not unknown, f"teach this test about {unknown} of {rule.rule}"
            given = dict(values)
            if rule.endpoint == "library.media":
                given["public_id"] = [planted.picture.public_id]
            most = max((len(given[name]) for name in rule.arguments), default=1)
            for n in range(most):
                arguments = {
                    name: given[name][min(n, len(given[name]) - 1)]
                    for name in rule.arguments
                }
                address = app.url_for(rule.endpoint, _external=False, **arguments)
                found.append((rule.endpoint, address))
    return found


def seen(answer):
    """All that was sent back, also where it is a picture."""
    headers = "\n".join(f"{name}: {value}" for name, value in answer.headers)
    return f"{headers}\n{answer.get_data().decode(errors='replace')}"


def marks_in(planted, text, *asked):
    """What we typed ourselves may come back; it tells us nothing new."""
    for typed in asked:
        text = text.replace(typed, "")
    return [mark for mark in planted.marks if mark in text]


@pytest.mark.parametrize("roles", ROLES)
def test_others_see_nothing_of_somebody_on_any_page(
    app, client, session, planted, roles
):
    signed_in(client, session, colleague(session, "Other Colleague", *roles))
    log = io.StringIO()
    walked, served, opened = 0, set(), set()
    with redirect_stderr(log):
        for endpoint, address in addresses(app, planted, "GET", values_of(planted)):
            for language in ("en", "nl"):
                headers = {"Accept-Language": language}
                with client.get(address, headers=headers) as answer:
                    text = seen(answer)
                    assert marks_in(planted, text, address) == [], address
                    assert FILE_NAME not in text or Role.COMMUNICATIONS in roles
                    assert answer.status_code < 500, address
                    if answer.status_code == 200:
                        opened.add(endpoint)
                    if endpoint == "library.media" and answer.status_code == 200:
                        served.add(address.rpartition("/")[2])
                walked += 1
    assert walked > 20
    assert {"reach.page", "reach.as_csv", "reach.ledger_year"} <= opened
    if Role.COMMUNICATIONS in roles or Role.AUDITOR in roles:
        assert {"reach.group", "reach.units", "reach.items"} <= opened
    assert served == set(SIZES)
    assert marks_in(planted, log.getvalue()) == []


def test_the_person_does_see_the_own_things(client, session, planted):
    """The walk would find something: the same marks are on the person's own page."""
    signed_in(client, session, planted.person)
    page = client.get("/shares").get_data(as_text=True)
    for mark in planted.own:
        assert mark in page
    for ending in ("", ".csv", ".json"):
        figures = client.get(f"/shares/figures{ending}").get_data(as_text=True)
        assert any(mark in figures for mark in planted.marks), ending


def test_the_picture_said_whose_it_was_until_it_was_stored(planted, files, uploaded):
    assert CAMERA.encode() in uploaded
    assert CAMERA.encode() not in files.path(planted.picture.stored_name).read_bytes()
