"""Each kind of post, as it arrives on the other side."""

import json

import pytest
import requests

from integrations.errors import MediaRefused, NotDone, Refused
from integrations.linkedin.client import LinkedIn
from integrations.linkedin.settings import Patience
from integrations.network import (
    Access,
    Card,
    Picture,
    PostDraft,
    Video,
    Visibility,
)
from tests.integrations.linkedin.samples import CAPTIONS, make_film, make_picture
from tests.integrations.linkedin_sandbox.serving import running_sandbox


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return tmp_path_factory.mktemp("media")


@pytest.fixture(scope="module")
def picture(folder):
    return make_picture(folder)


@pytest.fixture(scope="module")
def film(folder):
    film = make_film(folder)
    assert film.stat().st_size > 4 * 1024 * 1024
    return film


def _post(linkedin, access, draft):
    body = linkedin.prepare(access, draft)
    return linkedin.open_line(access).create(body)


def _bytes(sandbox, address):
    return requests.get(f"{sandbox.address}{address}", timeout=10).content


def test_a_text_arrives_as_it_was_typed(sandbox, linkedin, access):
    text = (
        "Ik werk bij Veenstroom (sinds 2019).\n\n"
        "Één ding: 2.300 huizen [eindelijk] van de lijst @ de Eempolder — *echt* 😀\n"
        "https://veenstroom.example/lijn_(41)?a=1&b=2#kaart #netbeheer #één_twee"
    )
    urn = _post(linkedin, access, PostDraft(text))
    [post] = sandbox.posts()
    assert (post["urn"], post["text"], post["cut_at"]) == (urn, text, None)
    assert post["author"] == f"urn:li:person:{access.member_id}"
    assert post["member"] == "Ivo Terpstra"
    assert post["content"] == {}
    assert requests.get(linkedin.post_address(urn), timeout=10).status_code == 200


def test_it_is_shown_to_those_who_were_chosen(sandbox, linkedin, access):
    _post(linkedin, access, PostDraft("one"))
    _post(linkedin, access, PostDraft("two", Visibility.CONNECTIONS))
    assert [post["visibility"] for post in sandbox.posts()] == ["PUBLIC", "CONNECTIONS"]


def test_the_same_draft_gives_the_same_bytes_without_the_token(linkedin, access):
    draft = PostDraft("Twice the same, é and 😀.")
    body = linkedin.prepare(access, draft)
    assert body == linkedin.prepare(access, draft)
    assert access.token.encode() not in body
    said = json.loads(body)
    assert list(said) == sorted(said)
    assert said["lifecycleState"] == "PUBLISHED"
    assert said["distribution"]["feedDistribution"] == "MAIN_FEED"


def test_a_link_arrives_with_the_card_we_made(sandbox, linkedin, access, picture):
    card = Card(
        address="https://veenstroom.example/l/k3Y_9?x=(1)&y=2",
        title="The line is ready (at last)",
        description="Six years of no. #plain",
        picture=picture,
    )
    _post(linkedin, access, PostDraft("Read this", card=card))
    [post] = sandbox.posts()
    article = post["content"]["article"]
    assert article["source"] == card.address
    # Only the post's text is little text; escapes would show here.
    assert (article["title"], article["description"]) == (card.title, card.description)
    [address] = post["media"]
    assert _bytes(sandbox, address) == picture.read_bytes()


def test_a_link_needs_no_picture(sandbox, linkedin, access):
    card = Card("https://veenstroom.example/", "Title", "")
    _post(linkedin, access, PostDraft("Read this", card=card))
    [post] = sandbox.posts()
    assert "thumbnail" not in post["content"]["article"]


def test_a_picture_arrives_byte_for_byte(sandbox, linkedin, access, picture):
    shown = [Picture(picture, "Grey noise, as on an old screen")]
    _post(linkedin, access, PostDraft("", pictures=shown))
    [post] = sandbox.posts()
    assert post["content"]["media"]["altText"] == "Grey noise, as on an old screen"
    [address] = post["media"]
    assert _bytes(sandbox, address) == picture.read_bytes()


def test_several_pictures_arrive_in_their_order(sandbox, linkedin, access, folder):
    files = [make_picture(folder, f"{number}.jpg") for number in range(3)]
    shown = [Picture(file, file.name) for file in files]
    _post(linkedin, access, PostDraft("Three", pictures=shown))
    [post] = sandbox.posts()
    images = post["content"]["multiImage"]["images"]
    assert [image["altText"] for image in images] == ["0.jpg", "1.jpg", "2.jpg"]
    found = [_bytes(sandbox, address) for address in post["media"]]
    assert found == [file.read_bytes() for file in files]


def test_a_film_in_parts_arrives_byte_for_byte_with_its_captions(
    sandbox, linkedin, access, film, folder
):
    captions = folder / "captions.vtt"
    captions.write_text(CAPTIONS)
    video = Video(film, "A test picture", captions)
    _post(linkedin, access, PostDraft("Look", video=video))
    [post] = sandbox.posts()
    assert post["content"]["media"]["title"] == "A test picture"
    [address] = post["media"]
    assert _bytes(sandbox, address) == film.read_bytes()
    assert _bytes(sandbox, f"{address}/captions").decode() == CAPTIONS


def test_a_film_without_captions_needs_none(sandbox, linkedin, access, film):
    _post(linkedin, access, PostDraft("Look", video=Video(film, "Title")))
    [post] = sandbox.posts()
    [address] = post["media"]
    answer = requests.get(f"{sandbox.address}{address}/captions", timeout=10)
    assert answer.status_code == 404


def test_preparing_again_is_invisible(sandbox, linkedin, access, picture):
    draft = PostDraft("Once", pictures=[Picture(picture, "Noise")])
    linkedin.prepare(access, draft)
    body = linkedin.prepare(access, draft)
    assert sandbox.posts() == []
    linkedin.open_line(access).create(body)
    assert len(sandbox.posts()) == 1


def test_a_post_can_be_deleted_and_deleted_again(sandbox, linkedin, access):
    urn = _post(linkedin, access, PostDraft("Away with it"))
    linkedin.delete(access, urn)
    linkedin.delete(access, urn)
    assert [post["deleted"] for post in sandbox.posts()] == [True]
    sandbox.memory.forget_posts()
    linkedin.delete(access, urn)


def test_nobody_deletes_the_post_of_another(sandbox, linkedin, access):
    urn = _post(linkedin, access, PostDraft("Mine"))
    with pytest.raises(Refused):
        linkedin.delete(sandbox.access_for("Tjitske Rinsma"), urn)
    assert [post["deleted"] for post in sandbox.posts()] == [False]


@pytest.mark.parametrize(
    ("draft", "code"),
    [
        (PostDraft("x" * 3001), "too_long"),
        (PostDraft("(" * 1501), "too_long"),
        (PostDraft("😀" * 1501), "too_long"),
        (PostDraft("  \n "), "empty"),
        (PostDraft("half \ud83d of it"), "character"),
    ],
)
def test_what_linkedin_would_refuse_is_refused_before_any_call(sandbox, draft, code):
    linkedin = LinkedIn(sandbox.settings_for_client())
    with pytest.raises(Refused) as caught:
        linkedin.prepare(Access("no token", "nobody"), draft)
    assert caught.value.code == code


def test_a_post_shows_one_kind_of_media_and_no_endless_description(linkedin, picture):
    access = Access("no token", "nobody")
    both = PostDraft(
        "x", card=Card("https://x", "x", ""), pictures=[Picture(picture, "")]
    )
    long = PostDraft("x", pictures=[Picture(picture, "x" * 4087)])
    for draft, code in ((both, "media"), (long, "alt")):
        with pytest.raises(Refused) as caught:
            linkedin.prepare(access, draft)
        assert caught.value.code == code


def test_the_longest_text_fits(sandbox, linkedin, access):
    _post(linkedin, access, PostDraft("x" * 2998 + "("))
    assert len(sandbox.posts()) == 1


def test_a_post_needs_a_member(linkedin):
    with pytest.raises(Refused) as caught:
        linkedin.prepare(Access("token", ""), PostDraft("x"))
    assert caught.value.code == "member"


def test_a_film_that_is_none_is_refused_with_the_reason(linkedin, access, folder):
    file = folder / "no-film.mp4"
    file.write_bytes(b"no film" * 20_000)
    with pytest.raises(MediaRefused) as caught:
        linkedin.prepare(access, PostDraft("x", video=Video(file, "")))
    assert caught.value.code == "INVALID_FORMAT"


def test_a_film_that_takes_long_is_tried_again_later(film):
    with running_sandbox(processing_seconds=60) as sandbox:
        patience = Patience(pauses=(), video=(0.01, 0.01))
        linkedin = LinkedIn(sandbox.settings_for_client(patience=patience))
        access = sandbox.access_for("Ivo Terpstra")
        with pytest.raises(NotDone) as caught:
            linkedin.prepare(access, PostDraft("x", video=Video(film, "")))
    assert caught.value.wait == 300
