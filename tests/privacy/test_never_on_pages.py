"""Nobody is reminded, and stopping is no harder than starting (privacy.md 5)."""

import calendar
import re
from datetime import UTC, datetime, timedelta

import pytest

from advocacy.consent.models import Purpose
from advocacy.consent.purposes import OFFERS
from integrations.clock import clock_at
from tests.advocacy.signing_in import signed_in
from tests.privacy.conftest import colleague
from tests.privacy.planting import make_item

START = datetime(2026, 3, 2, 9, tzinfo=UTC)
DAYS = (1, 7, 14, 30, 60, 90, 180, 365, 366, 400)
PAGES = ("/", "/shares", "/shares/figures", "/consent", "/accounts", "/reach")


def words(page):
    """What a page says, without numbers, days and months, and without its token."""
    page = re.sub(
        r"<(script|style)\b.*?</\1>|<time\b.*?</time>", " ", page, flags=re.DOTALL
    )
    said = re.findall(r"[^\W\d_]+", re.sub(r"<[^>]*>", " ", page))
    return [word for word in said if word not in DATES]


DATES = frozenset((*calendar.month_name, *calendar.day_name))


def all_words(client):
    return {path: words(client.get(path).text) for path in PAGES}


@pytest.fixture
def nobody_yet(client, session):
    """Somebody who looked around on the first day and allowed nothing."""
    with clock_at(START):
        make_item(session).expires_at = None
        somebody = colleague(session, "Somebody New")
        signed_in(client, session, somebody)
    return somebody


@pytest.mark.parametrize("declined", [False, True], ids=["never asked", "turned off"])
def test_for_400_days_nothing_reminds_who_allowed_nothing(
    client, session, nobody_yet, declined
):
    with clock_at(START):
        if declined:
            for answer in ("on", "off"):
                client.post("/consent/p1", data={"answer": answer})
        client.get("/consent")  # a word said once is said here
        first = all_words(client)
    for day in DAYS:
        with clock_at(START + timedelta(days=day)):
            signed_in(client, session, nobody_yet)
            assert all_words(client) == first, f"after {day} days"


def test_a_reminder_would_be_seen(client, nobody_yet):
    with clock_at(START):
        first = all_words(client)
        page = client.get("/shares").text
    assert words(page) == first["/shares"]
    reminded = page.replace("<main", "<p>You have not shared for 30 days</p><main")
    assert words(reminded) != first["/shares"]


def form_of(page, code):
    return next(
        form
        for form in re.findall(
            r'<form class="purpose-switch".*?</form>', page, re.DOTALL
        )
        if f'aria-labelledby="{code}"' in form
    )


def switch(page, code):
    """What stands between somebody and the other answer: fields, look, number of words."""
    form = form_of(page, code)
    fields = re.findall(r"<(?:input|select|textarea)\b[^>]*>", form)
    shown = [field for field in fields if 'type="hidden"' not in field]
    button = re.search(r'<button class="([^"]*)"[^>]*>(.*?)</button>', form, re.DOTALL)
    return shown, button[1], len(words(button[2]))


# Reading one's own figures is offered where LinkedIn allowed it.
CODES = [
    offer.purpose.value.lower()
    for offer in OFFERS
    if offer.purpose is not Purpose.READ_MY_FIGURES
]


@pytest.mark.parametrize("code", CODES)
def test_stopping_takes_no_more_steps_words_or_fields_than_starting(
    client, session, nobody_yet, code
):
    with clock_at(START):
        start_fields, start_look, start_words = switch(
            client.get("/consent").text, code
        )
        client.post(f"/consent/{code}", data={"answer": "on"})
        stop_fields, stop_look, stop_words = switch(client.get("/consent").text, code)
        assert (start_fields, stop_fields) == ([], [])
        assert stop_look == start_look
        assert stop_words <= start_words
        client.post(
            f"/consent/{code}", data={"answer": "off"}
        )  # one press, no question
        assert 'value="on"' in form_of(client.get("/consent").text, code)
