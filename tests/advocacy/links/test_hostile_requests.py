"""Requests of any form and length: refused cheaply, or judged by how they begin."""

import random

import pytest
from sqlalchemy import event

from advocacy.links.models import Outcome
from advocacy.links.visits import MOST_CHARACTERS
from tests.advocacy.links.agents import BOTS
from tests.advocacy.links.asking import AsWsgi, Scope
from tests.advocacy.links.visiting import CHROME, counted

LONG = 300_000


@pytest.fixture
def asked(fast_path):
    """The statements that reach the database; what is behind may not be reached."""
    seen = []
    engine = fast_path.cache.engine
    event.listen(engine, "before_cursor_execute", lambda *given: seen.append(given[2]))
    fast_path.application = None  # nobody may ask it
    return seen


def answer_of(fast_path, path, *headers):
    """The answer to a request as a server hands it on, without a client's tidying."""
    told = (("User-Agent", CHROME), *headers)
    answer = AsWsgi(fast_path).ask(Scope(path, *told))
    return answer.status, answer.headers, answer.body


def odd_paths(number):
    """Bytes as WSGI carries them, escapes, other cases, lengths up to 300 kB; no code."""
    chance = random.Random(5)  # noqa: S311 – the same paths each time
    alphabets = [
        [chr(one) for one in range(256)],
        list("abcXYZ019-_"),
        ["%2e", "%00", "%ff", "%2F", "/", "..", "\\"],
        ["ABC", "é".encode().decode("latin-1"), "\u0131", "\uff41"],
    ]
    for _ in range(number):
        alphabet = chance.choice(alphabets)
        length = chance.choice([0, 1, 2, 3, 7, 10, 12, 13, 40, 300])
        if chance.random() < 0.005:
            length = LONG
        text = "".join(chance.choices(alphabet, k=length))
        yield text + "%" if len(text) == 11 else text


def test_no_odd_path_reaches_database_or_flask_or_a_log(
    fast_path, asked, caplog, capfd
):
    caplog.set_level("DEBUG")
    expected = answer_of(fast_path, "/l/")
    assert expected[0] == 404
    for path in odd_paths(2000):
        assert answer_of(fast_path, f"/l/{path}") == expected
    assert asked == []
    assert caplog.records == []
    assert capfd.readouterr() == ("", "")


def test_a_code_that_is_none_is_asked_for_once(fast_path, asked):
    expected = answer_of(fast_path, "/l/")
    for _ in range(5):
        assert answer_of(fast_path, "/l/AAAAAAAAAAA") == expected
    assert len(asked) == 1


@pytest.mark.parametrize("hops", [0, 2])
def test_headers_of_any_length_are_no_reason(fast_path, link):
    names = ("Referer", "Accept-Language", "X-Forwarded-For", "Sec-Purpose", "Cookie")
    fillings = ("a", ",", "@", "/", "\xff", "a.", "a,b;q=1,", "https://a@")
    for name in names:
        for filling in fillings:
            header = (name, filling * (LONG // len(filling)))
            status, *_ = answer_of(fast_path, f"/l/{link.code}", header)
            assert status == 302
            status, *_ = answer_of(fast_path, "/l/odd", header)
            assert status == 404
    counts = counted(fast_path)
    assert set(counts) == {Outcome.COUNTED, Outcome.AGAIN}
    assert sum(counts.values()) == len(names) * len(fillings)


def test_what_stands_far_into_a_header_is_not_read(fast_path, link):
    far = "x," * MOST_CHARACTERS
    *_, page = answer_of(fast_path, "/l/odd", ("Accept-Language", f"{far}nl"))
    assert b'<html lang="en"' in page
    path = f"/l/{link.code}"
    status, *_ = answer_of(fast_path, path, ("Sec-Purpose", f"{far}prefetch"))
    assert status == 302
    referer = f"https://{far}.mimecast.com/"
    status, *_ = answer_of(fast_path, path, ("Referer", referer))
    assert status == 302
    assert counted(fast_path) == {Outcome.COUNTED: 1, Outcome.AGAIN: 1}


def test_only_the_beginning_of_an_agent_is_read(fast_path, link):
    """One visitor, whatever a hundred kilobytes further on says."""
    long = CHROME + "x" * MOST_CHARACTERS
    for end in ("", "1", BOTS["curl"], "y" * LONG):
        AsWsgi(fast_path).ask(Scope(f"/l/{link.code}", ("User-Agent", long + end)))
    assert counted(fast_path) == {Outcome.COUNTED: 1, Outcome.AGAIN: 3}
