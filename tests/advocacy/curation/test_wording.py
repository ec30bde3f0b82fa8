"""Every code has a sentence, so that no page ever shows a code or breaks on one."""

import pytest

from advocacy.curation.address_wording import address_refused, page_not_read
from advocacy.curation.file_wording import refusal
from advocacy.curation.item_form import ItemForm, TypedWording
from advocacy.curation.wording import in_page_order, worded
from content.errors import MEDIA_CODES, PROBLEM_CODES, MediaRefused
from integrations.addresses import ADDRESS_CODES
from integrations.errors import NotDone

FACTS = {"limit": 40_000_000, "line": 3, "found": ".gif"}


@pytest.fixture(autouse=True)
def _page(app):
    with app.test_request_context("/curate/new", headers={"Accept-Language": "en"}):
        yield


@pytest.mark.parametrize("code", sorted(MEDIA_CODES))
@pytest.mark.parametrize("kind", ["picture", "video", "captions"])
def test_every_refused_file_is_named_with_a_sentence(code, kind):
    sentence = refusal(MediaRefused(code, **FACTS), "a.gif", kind)
    assert sentence.startswith("a.gif: ")
    assert sentence.endswith(".")


@pytest.mark.parametrize("code", sorted(ADDRESS_CODES))
def test_every_refused_address_has_a_sentence(code):
    assert address_refused(code)
    assert worded({"link_address": code}, ItemForm(), {}) == {
        "link": address_refused(code)
    }


@pytest.mark.parametrize("code", ["unreachable", "slow", "answer", "redirects"])
def test_every_page_that_cannot_be_read_says_that_everything_is_kept(code):
    assert "Everything is kept." in page_not_read(NotDone("", code=code))


def test_a_site_that_is_not_found_is_not_called_misspelt():
    said = address_refused("unresolvable")
    assert said == (
        "This site could not be found."
        " Check the address, or try again in a few minutes."
    )


FIELDS = {
    "missing": "title",
    "too_long": "wordings.0.text",
    "missing_alt": "media.x.alt",
    "missing_captions": "media.x.captions",
}


@pytest.mark.parametrize("code", sorted(PROBLEM_CODES))
def test_every_problem_has_a_sentence_and_a_place(code):
    form = ItemForm(wordings=[TypedWording("team", "en", "a" * 3010)])
    said = worded({FIELDS.get(code, "media"): code}, form, {})
    assert all(said.values())
    assert list(in_page_order(said)) == list(said)


@pytest.mark.parametrize(
    ("field", "place"),
    [
        ("wordings.0.text", "wording-1"),
        ("wordings.11.language", "wording-12"),
        ("media.ab-c_d.alt", "alt-ab-c_d"),
        ("media.ab.transcript", "transcript"),
        ("media.ab.captions", "captions"),
        ("media", "picture"),
        ("expires_at", "leaves"),
        ("offered_at", "appears"),
        ("link_title", "card_title"),
        ("goal", "goal"),
    ],
)
def test_what_is_said_stands_beside_its_field(field, place):
    assert list(worded({field: "unknown"}, ItemForm(kind="link"), {})) == [place]


def test_trouble_with_a_video_stands_beside_the_video():
    assert list(worded({"media": "no_video"}, ItemForm(kind="video"), {})) == ["video"]


def test_the_list_on_top_follows_the_page():
    errors = dict.fromkeys(["topics", "wording-10", "wording-2", "alt-x-y", "link"], "")
    order = ["link", "alt-x-y", "wording-2", "wording-10", "topics"]
    assert list(in_page_order(errors)) == order
