"""Canary walk: no page, header or log that others get shows anything of the planted person.

privacy.md 5, first row. The routes come from the router, so a new one walks along by itself; a
route whose parameters are unknown here fails the test.
"""

import io
from contextlib import redirect_stderr

import pytest

from advocacy.people.roles import Role
from tests.privacy.conftest import colleague, sign_in

ROLES = [
    pytest.param((Role.MANAGER,), id="manager"),
    pytest.param((Role.COMMUNICATIONS,), id="communications"),
    pytest.param((Role.ADMINISTRATOR,), id="administrator"),
    pytest.param((Role.AUDITOR,), id="auditor"),
    pytest.param((), id="colleague"),
    pytest.param(tuple(Role), id="all roles at once"),
]


def _values(planted):
    """For each route parameter, values that exist and belong to the planted person."""
    return {
        "item_id": [planted.item.id],
        "public_id": [share.public_id for share in planted.shares],
        "share_id": [share.public_id for share in planted.shares],
        "code": ["p1", "p3"],
        "network": ["linkedin"],
        "record_id": planted.records,
        "name": ["picture"],
        "filename": ["css/base.css"],
    }


def _addresses(app, planted, method):
    values = _values(planted)
    with app.test_request_context():
        for rule in app.url_map.iter_rules():
            if method not in rule.methods:
                continue
            unknown = rule.arguments - values.keys()
            assert not unknown, f"teach this test about {unknown} of {rule.rule}"
            most = max((len(values[name]) for name in rule.arguments), default=1)
            for n in range(most):
                arguments = {
                    name: values[name][min(n, len(values[name]) - 1)]
                    for name in rule.arguments
                }
                yield app.url_for(rule.endpoint, **arguments)


def _seen(answer):
    headers = "\n".join(f"{name}: {value}" for name, value in answer.headers)
    return f"{headers}\n{answer.get_data(as_text=True)}"


def _marks_in(planted, text, asked):
    # An address we typed ourselves may come back in a redirect; it tells us nothing new.
    return [mark for mark in planted.marks if mark in text.replace(asked, "")]


@pytest.mark.parametrize("roles", ROLES)
def test_others_see_nothing_of_somebody_on_any_page(
    app, client, session, planted, roles
):
    sign_in(client, session, colleague(session, "Other Colleague", *roles))
    log = io.StringIO()
    walked = 0
    with redirect_stderr(log):
        for address in _addresses(app, planted, "GET"):
            for language in ("en", "nl"):
                headers = {"Accept-Language": language}
                with client.get(address, headers=headers) as answer:
                    assert _marks_in(planted, _seen(answer), address) == [], address
                    assert answer.status_code < 500, address
                walked += 1
    assert walked > 20
    assert _marks_in(planted, log.getvalue(), "") == []


@pytest.mark.parametrize("roles", ROLES)
def test_others_change_nothing_of_somebody_by_any_form(
    app, client, session, planted, roles
):
    sign_in(client, session, colleague(session, "Other Colleague", *roles))
    before = [(share.id, share.state, share.text) for share in planted.shares]
    for address in _addresses(app, planted, "POST"):
        if address in {"/sign-out", "/demo/people"}:
            continue
        answer = client.post(address, data={"person_id": planted.person.id})
        assert _marks_in(planted, _seen(answer), address) == [], address
        assert answer.status_code < 500, address
    session.expire_all()
    for share in planted.shares:
        session.refresh(share)
    assert [(share.id, share.state, share.text) for share in planted.shares] == before


def test_the_person_does_see_the_own_things(client, session, planted):
    """The walk would find something: the same marks are on the person's own page."""
    sign_in(client, session, planted.person)
    page = client.get("/shares").get_data(as_text=True)
    for mark in planted.own:
        assert mark in page
