"""Naming an organisation at the desk."""

import pytest

from content.mentioning import keep_mention
from tests.advocacy.library.reading import fields, words

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


def test_whom_the_live_preview_did_not_name_is_shown_before_it_leaves(
    desk, stored, session
):
    desk.open()
    keep_mention(session, "Gridmakers", "17")
    session.commit()

    shown = desk.share("Built with @Gridmakers, at last.")

    assert "The editors changed the list of organisations" in words(shown)
    assert '/company/17" target' in shown.text
    assert stored() == []
    sent = fields(shown, desk.action) | {"do": "confirm"}
    assert desk.browser.post(desk.action, data=sent).location == "/shares"


def test_who_names_nobody_is_not_asked_about_the_list(desk, session):
    desk.open()
    keep_mention(session, "Gridmakers", "17")
    session.commit()

    assert desk.share("Built at last.").location == "/shares"
