"""Each kind of post, as it arrives on the other side."""

import json
from datetime import timedelta

import pytest
import requests

from integrations.clock import clock_at, now
from integrations.errors import MediaRefused, NotDone, OutcomeUnknown, Refused
from integrations.mastodon.client import Mastodon
from integrations.mastodon.settings import Patience
from integrations.network import (
    Access,
    Card,
    Document,
    Mention,
    Picture,
    PostDraft,
    Video,
    Visibility,
)
from tests.integrations.linkedin.samples import make_film, make_picture
from tests.integrations.mastodon_sandbox.serving import running_mastodon


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return tmp_path_factory.mktemp("media")


@pytest.fixture(scope="module")
def film(folder):
    return make_film(folder, seconds=1, rate="1M")


def _post(mastodon, access, draft):
    body = mastodon.prepare(access, draft)
    return mastodon.open_line(access).create(body)


def test_connections_are_those_who_follow(sandbox, mastodon, access):
    _post(mastodon, access, PostDraft("one"))
    _post(mastodon, access, PostDraft("two", Visibility.CONNECTIONS))
    found = [status["visibility"] for status in sandbox.statuses()]
    assert found == ["public", "private"]


def test_the_same_frozen_body_sent_twice_is_one_status(sandbox, mastodon, access):
    body = mastodon.prepare(access, PostDraft("Once, please."))
    first = mastodon.open_line(access).create(body)
    second = mastodon.open_line(access).create(body)
    assert first == second
    assert (len(sandbox.statuses()), sandbox.creates) == (1, 2)


def test_two_frozen_bodies_are_two_statuses_whatever_they_say(
    sandbox, mastodon, access
):
    draft = PostDraft("Twice, meant so.")
    assert _post(mastodon, access, draft) != _post(mastodon, access, draft)
    assert len(sandbox.statuses()) == 2


def test_a_body_whose_key_may_be_forgotten_is_not_sent(sandbox, mastodon, access):
    body = mastodon.prepare(access, PostDraft("An hour ago."))
    with clock_at(now() + timedelta(minutes=51)), pytest.raises(OutcomeUnknown):
        mastodon.open_line(access).create(body)
    assert sandbox.creates == 0


def test_the_frozen_body_holds_no_token(mastodon, access):
    body = mastodon.prepare(access, PostDraft("é and 😀"))
    assert access.token.encode() not in body
    assert json.loads(body)["status"]["status"] == "é and 😀"


def test_a_cards_link_stands_in_the_text_as_mastodon_makes_the_card(
    sandbox, mastodon, access
):
    card = Card("https://veenstroom.example/l/k3Y_9", "The line is ready", "At last.")
    _post(mastodon, access, PostDraft("Read this", card=card))
    _post(mastodon, access, PostDraft("", card=card))
    _post(mastodon, access, PostDraft(f"See {card.address} first", card=card))
    assert [status["text"] for status in sandbox.statuses()] == [
        "Read this\n\nhttps://veenstroom.example/l/k3Y_9",
        "https://veenstroom.example/l/k3Y_9",
        "See https://veenstroom.example/l/k3Y_9 first",
    ]


def test_what_is_said_in_a_film_is_in_its_description(
    sandbox, mastodon, access, film, folder
):
    captions = folder / "captions.vtt"
    captions.write_text(
        "WEBVTT\n\nNOTE not this\n\nnot timed\n\n1\n00:00.000 --> 00:01.000\n<v Sanne>Klaar\n"
        "om te\n\n00:01.000 --> 00:02.000\nbeginnen\n"
    )
    poster = make_picture(folder, "poster.jpg")
    video = Video(film, "The first metre", captions, poster)
    _post(mastodon, access, PostDraft("Look", video=video))
    [status] = sandbox.statuses()
    [media] = status["media_attachments"]
    assert media["description"] == "The first metre\n\nKlaar om te\nbeginnen"
    assert sandbox.memory.media[media["id"]].thumbnail == poster.read_bytes()


def test_words_of_a_long_film_are_cut_where_mastodon_would_refuse(
    sandbox, mastodon, access, film, folder
):
    captions = folder / "long.vtt"
    captions.write_text("WEBVTT\n\n00:00.000 --> 00:01.000\n" + "woord " * 400)
    _post(mastodon, access, PostDraft("Look", video=Video(film, "Long", captions)))
    [status] = sandbox.statuses()
    description = status["media_attachments"][0]["description"]
    assert (len(description), description[-1]) == (1500, "…")


def test_a_film_is_waited_for(film):
    with running_mastodon(processing_seconds=0.3) as sandbox:
        mastodon = Mastodon(sandbox.settings_for_client())
        access = sandbox.access_for("Ivo Terpstra")
        _post(mastodon, access, PostDraft("Look", video=Video(film, "Title")))
        assert len(sandbox.statuses()) == 1


def test_a_film_that_takes_long_is_tried_again_later(film):
    with running_mastodon(processing_seconds=60) as sandbox:
        patience = Patience(pauses=(), media=0.1, media_pause=0.02)
        mastodon = Mastodon(sandbox.settings_for_client(patience=patience))
        access = sandbox.access_for("Ivo Terpstra")
        with pytest.raises(NotDone) as caught:
            mastodon.prepare(access, PostDraft("x", video=Video(film, "")))
    assert caught.value.wait == 300


def test_a_picture_that_is_none_is_refused(mastodon, access, folder):
    file = folder / "no-picture.jpg"
    file.write_bytes(b"no picture")
    with pytest.raises(MediaRefused) as caught:
        mastodon.prepare(access, PostDraft("x", pictures=[Picture(file, "")]))
    assert caught.value.code == "422"


def test_an_organisation_is_named_by_its_handle_or_by_its_name(
    sandbox, mastodon, access
):
    mentions = [
        Mention("Veenstroom", "veenstroom@mastodon.example"),
        Mention("Veenstroom Oost", "urn:li:organization:17"),
    ]
    text = "With @Veenstroom, @Veenstroom Oost and @Veenstrooms."
    _post(mastodon, access, PostDraft(text, mentions=mentions))
    [status] = sandbox.statuses()
    shown = "With @veenstroom@mastodon.example, Veenstroom Oost and @Veenstrooms."
    assert status["text"] == shown


@pytest.mark.parametrize(
    ("draft", "code"),
    [
        (PostDraft("x" * 501), "too_long"),
        (
            PostDraft("x" * 480, card=Card("https://veenstroom.example", "", "")),
            "too_long",
        ),
        (PostDraft("  \n "), "empty"),
        (PostDraft("half \ud83d of it"), "character"),
    ],
)
def test_what_mastodon_would_refuse_is_refused_before_any_call(sandbox, draft, code):
    mastodon = Mastodon(sandbox.settings_for_client())
    with pytest.raises(Refused) as caught:
        mastodon.prepare(Access("no token", "nobody"), draft)
    assert caught.value.code == code


def test_media_that_mastodon_does_not_take_are_refused_before_any_call(
    mastodon, film, folder
):
    picture = Picture(make_picture(folder, "one.jpg"), "")
    large = folder / "large.jpg"
    with large.open("wb") as file:
        file.truncate(16 * 1024 * 1024 + 1)
    for draft, code in (
        (PostDraft("x", document=Document(film, "A report")), "kind"),
        (PostDraft("x", pictures=[picture] * 5), "media"),
        (PostDraft("x", pictures=[picture], video=Video(film, "")), "media"),
        (PostDraft("x", pictures=[Picture(picture.file, "x" * 1501)]), "alt"),
        (PostDraft("x", pictures=[Picture(large, "")]), "too_large"),
    ):
        with pytest.raises(Refused) as caught:
            mastodon.prepare(Access("no token", "nobody"), draft)
        assert caught.value.code == code


def test_the_longest_text_fits_however_long_its_addresses(sandbox, mastodon, access):
    address = "https://veenstroom.example/" + "x" * 200
    text = f"{'y' * 452} {address} {address}"
    assert mastodon.length(text) == 500
    _post(mastodon, access, PostDraft(text))
    [status] = sandbox.statuses()
    assert status["text"] == text


def test_nobody_deletes_the_status_of_another(sandbox, mastodon, access):
    made = _post(mastodon, access, PostDraft("Mine"))
    # Mastodon answers as for a status that is not there.
    mastodon.delete(sandbox.access_for("Tjitske Rinsma"), made)
    assert [status["deleted"] for status in sandbox.statuses()] == [False]


def test_people_are_led_to_pages_that_exist(mastodon):
    text = "Één & één #twee"
    for address in (mastodon.activity_address(), mastodon.composer_address(text)):
        assert requests.get(address, timeout=10).status_code == 200
    page = requests.get(mastodon.composer_address(text), timeout=10).text
    assert "Één &amp; één #twee" in page
    assert "text=" not in mastodon.composer_address("x" * 7000)


def test_what_it_costs_is_counted(mastodon, film, folder):
    picture = Picture(make_picture(folder, "cost.jpg"), "")
    assert mastodon.calls_for(PostDraft("x")) == 1
    assert mastodon.calls_for(PostDraft("x", pictures=[picture] * 4)) == 9
    assert mastodon.calls_for(PostDraft("x", video=Video(film, "", None))) == 3
    assert mastodon.day_limits.member is None
    assert mastodon.served_until() is None
