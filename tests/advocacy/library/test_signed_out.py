"""Pressing a button on the desk after the sign-in has ended: the text is not lost."""

import pytest
from sqlalchemy import delete, select

from advocacy.people.models import SignIn
from advocacy.shares.models import Share
from tests.advocacy.library.reading import words

TEXT = "I stood under tower 41.\n\n</textarea><script>alert(1)</script>"
SHOWN = "I stood under tower 41.\n\n&lt;/textarea&gt;&lt;script&gt;alert(1)"


@pytest.fixture
def signed_out(desk, session):
    """The desk as it stands open on a device whose sign-in has ended."""
    session.execute(delete(SignIn))
    session.commit()
    return desk


@pytest.mark.parametrize("do", ["share", "confirm", "copy", "posted", "preview"])
def test_what_was_typed_is_shown_to_copy_with_a_way_to_sign_in(signed_out, session, do):
    answer = signed_out.press(do, text=TEXT, live="yes")
    source = answer.get_data(as_text=True)
    assert answer.status_code == 401
    assert f"readonly data-copy-from>{SHOWN}" in source
    assert "Nothing was sent, and your text is kept below." in words(answer)
    assert 'href="/sign-in' in source
    assert session.scalars(select(Share)).all() == []


def test_signing_in_leads_back_to_the_page_one_was_writing_on(signed_out):
    story = f"/items/{signed_out.item.id}"
    answer = signed_out.browser.post(
        signed_out.action,
        data={"text": TEXT},
        headers={"Referer": f"http://localhost{story}"},
    )
    assert f'href="/sign-in?next={story}"' in answer.get_data(as_text=True)


def test_the_longest_text_comes_back_whole(signed_out):
    text = "word " * 60_000 + "end"
    assert f">{text}</textarea>" in signed_out.press(text=text).get_data(as_text=True)


def test_with_nothing_typed_the_door_is_enough(signed_out):
    for text in ("", " \r\n\t"):
        answer = signed_out.press(text=text)
        assert answer.status_code == 302
        assert answer.location == "/sign-in"


def test_reading_leads_to_the_door_as_before(signed_out):
    answer = signed_out.browser.get(f"/items/{signed_out.item.id}?text=words")
    assert answer.status_code == 302
    assert answer.location.startswith("/sign-in?next=")


@pytest.fixture
def stale(app, desk):
    """The desk as it stands open while another page of the browser signed in anew."""
    app.config["WTF_CSRF_ENABLED"] = True
    return lambda **headers: desk.browser.post(
        desk.action, data={"text": TEXT, "csrf_token": "old"}, headers=headers
    )


@pytest.mark.parametrize(
    "said",
    [
        {"Sec-Fetch-Site": "same-origin", "Origin": "null"},
        {"Origin": "http://localhost"},  # an older browser
    ],
)
def test_a_page_that_was_open_too_long_gives_the_text_back_too(stale, said):
    answer = stale(**said)
    assert answer.status_code == 400
    assert "This page was open too long" in words(answer)
    assert f"readonly data-copy-from>{SHOWN}" in answer.get_data(as_text=True)


@pytest.mark.parametrize(
    ("before", "way"),
    [("", "Open that page again"), ("/compose", "Back to the library")],
)
def test_a_page_that_was_open_too_long_is_one_press_away(stale, desk, before, way):
    page = f"/items/{desk.item.id}{before}"
    answer = stale(Origin="http://localhost", Referer=f"http://localhost{page}")
    back = "/" if before else page
    assert f'href="{back}">{way}</a>' in answer.get_data(as_text=True)


@pytest.mark.parametrize(
    ("said", "status"),
    [
        ({}, 400),
        ({"Sec-Fetch-Site": "cross-site", "Origin": "http://localhost"}, 403),
        ({"Sec-Fetch-Site": "same-site"}, 403),
        ({"Sec-Fetch-Site": "none"}, 400),
        ({"Origin": "http://elsewhere.example"}, 403),
        ({"Origin": "null"}, 403),
    ],
)
def test_another_site_cannot_put_words_on_our_page(stale, said, status):
    answer = stale(**said)
    assert answer.status_code == status
    assert "tower 41" not in answer.get_data(as_text=True)


def test_a_text_box_elsewhere_is_kept_as_well(signed_out, session):
    where = "/shares/anything/time"
    answer = signed_out.browser.post(where, data={"text": TEXT})
    assert answer.status_code == 401
    assert SHOWN in answer.get_data(as_text=True)
