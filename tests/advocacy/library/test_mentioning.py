"""Naming an organisation at the desk."""

import pytest

from content.mentioning import keep_mention
from tests.advocacy.library.reading import words

LINK = '/company/4242" target="_blank" rel="noopener noreferrer">Netkade</a>'


@pytest.fixture(autouse=True)
def _netkade(session):
    keep_mention(session, "Netkade", "4242")
    session.commit()


def test_the_desk_says_whom_one_can_name(desk):
    said = words(desk.open())
    assert "Organisations you can name with @" in said
    assert "@Netkade" in said


def test_the_preview_and_the_confirmation_show_a_link(desk):
    desk.open()
    page = desk.press("preview", text="Built with @Netkade, at last. <b>")
    assert LINK in page.text
    assert "<b>," not in page.text
    page = desk.press("share", text="Built with @Netkade, at last.")
    assert "Is this what you want to post?" in words(page)
    assert LINK in page.text


def test_a_mention_counts_as_it_goes_over_the_wire(desk):
    # Eight signs as typed, "@Netkade ", and @[Netkade](urn:li:organization:4242) as sent.
    sent = len("@[Netkade](urn:li:organization:4242) ")
    desk.open()
    assert desk.share("@Netkade " + "x" * (3001 - sent)).status_code == 422
    assert desk.share("@Netkade " + "x" * (3000 - sent)).status_code == 302
