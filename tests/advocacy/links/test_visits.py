"""Which requests count as the visit of a person."""

import pytest

from advocacy.links.models import Outcome
from advocacy.links.visits import reason_not_to_count
from tests.advocacy.links.agents import BOTS, PEOPLE

CHROME = PEOPLE["Chrome on Windows"]


def judged(agent=CHROME, **headers):
    return reason_not_to_count({"HTTP_USER_AGENT": agent, **headers})


@pytest.mark.parametrize("name", BOTS)
def test_a_program_does_not_count(name):
    assert judged(BOTS[name]) is Outcome.BOT


@pytest.mark.parametrize("name", PEOPLE)
def test_a_persons_browser_counts(name):
    assert judged(PEOPLE[name]) is None


def test_the_panel_has_26_programs_and_9_browsers():
    assert (len(BOTS), len(PEOPLE)) == (26, 9)


@pytest.mark.parametrize("agent", ["  ", "Mozilla/5.0", "Wget/1.21", "okhttp/4.12.0"])
def test_empty_and_tool_names_do_not_count(agent):
    assert judged(agent) is Outcome.BOT


def test_a_request_without_any_name_does_not_count():
    assert reason_not_to_count({}) is Outcome.BOT


@pytest.mark.parametrize(
    ("header", "value"),
    [
        ("HTTP_SEC_PURPOSE", "prefetch;prerender"),
        ("HTTP_SEC_PURPOSE", "prefetch;anonymous-client-ip"),
        ("HTTP_PURPOSE", "prefetch"),
        ("HTTP_X_PURPOSE", "preview"),
        ("HTTP_X_MOZ", "Prefetch"),
    ],
)
def test_what_a_browser_loads_ahead_does_not_count(header, value):
    assert judged(**{header: value}) is Outcome.PREFETCH


def test_other_words_in_those_headers_are_no_reason():
    assert judged(HTTP_SEC_PURPOSE="navigate") is None


@pytest.mark.parametrize(
    "referer",
    [
        "https://eur03.safelinks.protection.outlook.com/?url=https%3A%2F%2Fa",
        "https://urldefense.com/v3/__https://a__",
        "https://protect-eu.mimecast.com/s/abc",
        "https://url.uk.m.mimecastprotect.com/s/abc",
    ],
)
def test_links_rewritten_by_a_mail_filter_do_not_count(referer):
    assert judged(HTTP_REFERER=referer) is Outcome.SCANNER


@pytest.mark.parametrize(
    "referer",
    [
        "https://www.linkedin.com/feed/",
        "android-app://com.linkedin.android/",
        "https://notmimecast.com/",
        "https://[broken/",
        "",
    ],
)
def test_other_referers_are_no_reason(referer):
    assert judged(HTTP_REFERER=referer) is None


@pytest.mark.parametrize("address", ["148.163.130.7", "::ffff:209.222.82.9"])
def test_the_networks_of_mail_filters_do_not_count(address):
    assert judged(REMOTE_ADDR=address) is Outcome.SCANNER


@pytest.mark.parametrize("address", ["192.0.2.7", "2001:db8::1", "unix:", ""])
def test_other_networks_are_no_reason(address):
    assert judged(REMOTE_ADDR=address) is None
