"""What is asked for and is not there, or not for this reader: one answer for all of it."""

import re
from datetime import UTC, date, datetime
from html import unescape

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from advocacy.people.roles import Role
from advocacy.reach.models import LedgerEntry, Metric
from tests.advocacy.reach.reading import statements
from tests.advocacy.signing_in import signed_in

HIDDEN = [
    f"/reach/{name}{ending}"
    for name in ("units", "items")
    for ending in ("", ".csv", ".json")
]
AUDITORS = ["/reach/seals", "/reach/access-log", "/reach/access-log/before/7"]
Q3 = date(2026, 7, 1)
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
    text = re.sub(r'name="(csrf_token|back)" value="[^"]*"', "", text)
    headers = {
        name: re.sub(r"nonce-[^']*", "", value)
        for name, value in page.headers
        if name not in {"Set-Cookie", "Content-Length"}
    }
    return page.status_code, text, sorted(headers.items())


@pytest.mark.parametrize("roles", OTHERS, ids=str)
@pytest.mark.parametrize("address", HIDDEN + AUDITORS)
def test_who_may_not_read_a_page_does_not_hear_of_it(
    client, session, world, connection, address, roles
):
    person = world.person(on=None)
    person.role_names = [role.value for role in roles]
    signed_in(client, session, person)
    answers, asked = set(), set()
    for one in (address, "/reach/nothing-here", "/nothing-here"):
        with statements(connection) as seen:
            page = client.get(one)
        answers.add(str(whole(page, one)))
        asked.add(len(seen))
    assert len(answers) == len(asked) == 1
    assert page.status_code == 404
    assert address not in client.get("/reach").text


NORTH, SOUTH, ROOF = (f"g{number:016x}" for number in (1, 2, 3))
odd = st.sampled_from(
    [
        "",
        "%00",
        "%ff",
        "%2e%2e%2f",
        "..%2freach",
        "%C3%A9",
        "%E2%80%AE",
        "+",
        "%20",
        "~",
    ]
)
words = st.text(st.characters(codec="ascii", categories=["L", "N"]), max_size=6)
keys = st.one_of(
    st.sampled_from(
        [SOUTH, ROOF, SOUTH.upper(), SOUTH[1:], f"{SOUTH}0", "organisation"]
    ),
    st.from_regex(r"g[0-9a-f]{16}|item-[0-9]{1,4}", fullmatch=True),
    st.builds("{}{}{}".format, words, odd, words),
)
endings = st.sampled_from([".csv", ".json", ".pdf", ".xlsx", ".CSV", "/", "/2026-07"])
paths = st.one_of(
    st.builds("/reach/groups/{}".format, keys.filter(bool)),
    st.builds("/reach/groups/{}{}".format, st.just(SOUTH), endings),
    st.builds("/reach/{}/{}".format, st.sampled_from(["items", "units"]), keys),
    st.builds(
        "/reach{}".format, endings.filter(lambda one: one not in {".csv", ".json"})
    ),
    st.builds("/reach/{}/{}".format, st.dates(), keys),
)
questions = st.one_of(
    st.just(""),
    st.builds(
        "?{}={}".format, st.sampled_from(["unit", "from", "sort", "format"]), keys
    ),
)
METHODS = ["GET", "GET", "GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "PROPFIND"]
asked = st.tuples(st.sampled_from(METHODS), st.builds("{}{}".format, paths, questions))


def release(session, shelf, units):
    """Figures of two depots, of both together, of all, and of an item."""
    shelf.group(1, units[0].id)
    shelf.group(2, units[1].id)
    for key, name in ((NORTH, "North"), (SOUTH, "South"), (ROOF, "Roof")):
        shelf.figure("unit", Q3, Metric.SHARERS, 20, group=key, name=name, heads=150)
    shelf.figure("unit", Q3, Metric.SHARERS, 40, parts=2)
    for metric in (Metric.SHARES, Metric.CLICKS):
        shelf.figure("item", date(2026, 9, 3), metric, 40, group="item-1", name="Heat")
    session.commit()


def test_whatever_is_asked_is_answered_alike_with_data_and_without(
    client, session, world, shelf
):
    """A6: other units, windows, formats, parameters, methods, odd encodings."""
    units = [world.unit("Elsewhere"), world.unit("South"), world.unit("North")]
    person = world.person(on=None, unit_id=units[0].id)
    signed_in(client, session, person)
    before = {}

    def answer(method, address):
        return whole(client.open(address, method=method), address)

    @settings(max_examples=150)
    @given(asked)
    def ask(one):
        before[one] = answer(*one)

    ask()
    nothing = answer("GET", "/nothing-here")
    release(session, shelf, units[1:])
    assert answer("GET", "/reach")[0] == 200
    assert len(before) > 100
    for (method, address), was in before.items():
        assert answer(method, address) == was, (method, address)
        # Doubled slashes and the like are sent on to the address they stand for.
        if method == "GET" and was[0] != 308:
            assert was == nothing, address


def test_who_may_read_would_have_seen_the_difference(client, session, world, shelf):
    """The control: the same addresses are answered to communications."""
    person = world.person(on=None)
    person.role_names = [Role.COMMUNICATIONS.value]
    signed_in(client, session, person)
    address = f"/reach/groups/{SOUTH}"
    assert client.get(address).status_code == 404
    release(session, shelf, [world.unit("South"), world.unit("North")])
    assert client.get(address).status_code == 200


@pytest.mark.parametrize("method", ["GET", "HEAD", "PUT", "DELETE"])
@pytest.mark.parametrize("asked_for", ["", "?unit=1"])
def test_to_who_is_not_signed_in_every_address_looks_the_same(
    client, method, asked_for
):
    known = ["/reach", "/reach/method", *HIDDEN, *AUDITORS]
    unknown = [
        "/reach.xml",
        "/reach/",
        "/reach/nothing",
        "/reach/groups/x",
        "/reach/a/b",
    ]
    answers = set()
    for address in known + unknown:
        page = client.open(address + asked_for, method=method)
        answers.add((page.status_code, (page.location or "").split("?")[0]))
    assert len(answers) == 1
    if not asked_for:
        assert answers == {(302, "/sign-in")}


def test_elsewhere_an_unknown_address_is_unknown(client):
    for address in ("/nothing-here", "/reaching"):
        assert client.get(address).status_code == 404


NO_NUMBERS = ["02026", "٢٠٢٦", "２０２６", "0", "+2026", "2026.0", "-1", "9" * 5000]


@pytest.mark.parametrize("typed", NO_NUMBERS, ids=ascii)
def test_a_year_and_an_id_have_one_spelling(client, session, world, shelf, typed):
    person = world.person(on=None)
    person.role_names = [Role.AUDITOR.value]
    signed_in(client, session, person)
    session.add(
        LedgerEntry(
            year=2026,
            table="organisation",
            metric=Metric.SHARERS,
            window_start=date(2026, 9, 1),
            sigma=6,
            booked_at=datetime(2026, 10, 1, 6, tzinfo=UTC),
        )
    )
    session.commit()
    assert client.get("/reach/ledger/2026").status_code == 200
    nothing = whole(client.get("/nothing-here"), "/nothing-here")
    for address in (f"/reach/ledger/{typed}", f"/reach/access-log/before/{typed}"):
        answer = whole(client.get(address), address)
        assert answer[0] == nothing[0] == 404
    for ending in ("confirm", "refuse", "take-back"):
        address = f"/reach/parameters/{typed}/{ending}"
        assert client.post(address).status_code == 404
