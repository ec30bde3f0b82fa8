"""The page's language, and dates and numbers as people say them in it."""

from datetime import UTC, date, datetime

import pytest
from flask_babel import force_locale

from advocacy.web import formats
from integrations.clock import clock_at

MOMENT = datetime(2026, 11, 20, 7, 30, tzinfo=UTC)


@pytest.mark.parametrize(
    ("header", "language"),
    [
        ("nl,en;q=0.5", "nl"),
        ("en-GB", "en"),
        ("fr", "en"),
        ("", "en"),
        ("nl-BE,en;q=0.5", "nl"),
    ],
)
def test_the_browser_decides_until_somebody_chooses(client, header, language):
    answer = client.get("/sign-in", headers={"Accept-Language": header})
    assert f'<html lang="{language}"' in answer.text


def test_a_choice_stays_against_the_browser(client):
    client.post("/language", data={"language": "nl", "back": "/sign-in"})
    answer = client.get("/sign-in", headers={"Accept-Language": "en"})
    assert '<html lang="nl"' in answer.text


@pytest.mark.parametrize(
    ("language", "spoken"),
    [
        (
            "en",
            ("20 November", "Friday 20 November at 08:30", "2,300", "20 November 2025"),
        ),
        (
            "nl",
            (
                "20 november",
                "vrijdag 20 november om 08.30 uur",
                "2.300",
                "20 november 2025",
            ),
        ),
    ],
)
def test_dates_and_numbers_are_said_in_the_pages_language(app, language, spoken):
    with app.test_request_context(), clock_at(MOMENT), force_locale(language):
        said = (
            formats.day(MOMENT),
            formats.weekday_and_time(MOMENT),
            formats.number(2300),
            formats.day(date(2025, 11, 20)),
        )
    assert said == spoken
