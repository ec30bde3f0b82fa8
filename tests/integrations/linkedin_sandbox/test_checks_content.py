"""Check 17: what a post may show, each with a careless client that fails, and ours."""

import pytest
import requests

from integrations.errors import NotDone, Refused
from integrations.linkedin.client import LinkedIn
from integrations.network import Card, Document, Picture, PostDraft
from tests.integrations.linkedin.samples import make_document, make_picture
from tests.integrations.linkedin_sandbox.calling import Caller
from tests.integrations.linkedin_sandbox.serving import running_sandbox

ARTICLE = {"source": "https://veenstroom.example/", "title": "Title"}
POLL = {
    "question": "Which?",
    "options": [{"text": "One"}, {"text": "Two"}],
    "settings": {"duration": "THREE_DAYS"},
}


@pytest.fixture(scope="module")
def picture(tmp_path_factory):
    return make_picture(tmp_path_factory.mktemp("picture"))


@pytest.fixture
def document(tmp_path):
    return make_document(tmp_path)


def _careless_post(caller, content):
    return requests.post(
        f"{caller.sandbox.address}/rest/posts",
        json=caller.body(content=content),
        headers=caller.headers(),
        timeout=10,
    )


def _refused(caller, content, status, code):
    answer = _careless_post(caller, content)
    assert (answer.status_code, answer.json()["code"]) == (status, code)
    assert caller.sandbox.posts() == []


def _post(linkedin, access, draft):
    body = linkedin.prepare(access, draft)
    return linkedin.open_line(access).create(body)


def test_check_17_careless_two_kinds_at_once(caller, picture):
    urn = caller.picture(picture.read_bytes())
    both = {"article": ARTICLE, "media": {"id": urn}}
    _refused(caller, both, 400, "INVALID_VALUE_FOR_FIELD")


@pytest.mark.parametrize("number", [0, 1, 21])
def test_check_17_careless_too_few_or_too_many_pictures(caller, picture, number):
    urn = caller.picture(picture.read_bytes())
    images = {"images": [{"id": urn, "altText": "x"}] * number}
    _refused(caller, {"multiImage": images}, 400, "INVALID_VALUE_FOR_FIELD")


@pytest.mark.parametrize("kind", ["image", "document"])
def test_check_17_careless_media_without_bytes(caller, kind):
    urn = caller.announce(kind).json()["value"][kind]
    media = {"id": urn, "title": "Title"}
    _refused(caller, {"media": media}, 400, "MEDIA_ASSET_WAITING_UPLOAD")


@pytest.mark.parametrize(
    ("urn", "code"),
    [
        ("urn:li:image:unknown", "INVALID_IMAGE_ID"),
        ("urn:li:person:unknown", "INVALID_URN_TYPE"),
        ("unknown", "INVALID_URN_TYPE"),
    ],
)
def test_check_17_careless_media_that_are_none(caller, urn, code):
    _refused(caller, {"media": {"id": urn}}, 400, code)


def test_check_17_careless_a_document_among_pictures(caller, document):
    urn = caller.document(document.read_bytes())
    images = {"images": [{"id": urn}, {"id": urn}]}
    _refused(caller, {"multiImage": images}, 400, "INVALID_URN_TYPE")


def test_check_17_careless_a_document_without_a_title(caller, document):
    media = {"id": caller.document(document.read_bytes())}
    _refused(caller, {"media": media}, 400, "MISSING_FIELD")


def test_check_17_careless_fields_with_nothing_in_them(caller, picture, document):
    shown, read = picture.read_bytes(), document.read_bytes()
    for content in (
        {"media": {"id": caller.document(read), "title": " "}},
        {"media": {"id": caller.picture(shown), "altText": ""}},
        {"article": ARTICLE | {"description": ""}},
    ):
        _refused(caller, content, 400, "INVALID_VALUE_BLANK_FIELD")


def test_check_17_ours_leaves_out_what_is_empty(sandbox, linkedin, access, picture):
    card = Card("https://veenstroom.example/", "Title", "")
    _post(linkedin, access, PostDraft("Read", card=card))
    _post(linkedin, access, PostDraft("See", pictures=[Picture(picture, "")]))
    card_post, picture_post = (post["content"] for post in sandbox.posts())
    assert card_post == {"article": {"source": card.address, "title": "Title"}}
    assert set(picture_post["media"]) == {"id"}


def test_check_17_careless_an_endless_description(caller, picture):
    media = {"id": caller.picture(picture.read_bytes()), "altText": "x" * 4087}
    _refused(caller, {"media": media}, 400, "FIELD_LENGTH_TOO_LONG")


def test_check_17_careless_the_media_of_another(caller, sandbox, picture):
    other = Caller(sandbox, sandbox.access_for("Tjitske Rinsma"))
    urn = other.picture(picture.read_bytes())
    _refused(caller, {"media": {"id": urn}}, 403, "ACCESS_DENIED")


@pytest.mark.parametrize(
    "changes",
    [
        {"question": ""},
        {"options": [{"text": "One"}]},
        {"options": [{"text": "One"}] * 5},
        {"options": ["One", "Two"]},
        {"settings": {"duration": "ONE_WEEK"}},
        {"settings": {}},
    ],
)
def test_check_17_careless_a_poll_that_is_none(caller, changes):
    answer = _careless_post(caller, {"poll": POLL | changes})
    assert answer.status_code == 400
    assert _careless_post(caller, {"poll": POLL}).status_code == 201


def test_check_17_careless_a_picture_still_in_work(picture):
    with running_sandbox(processing_seconds=60) as sandbox:
        caller = Caller(sandbox, sandbox.access_for("Ivo Terpstra"))
        media = {"id": caller.picture(picture.read_bytes())}
        _refused(caller, {"media": media}, 400, "MEDIA_ASSET_WAITING_UPLOAD")
        # Ours meets the same answer with: not done, try again in a minute.
        linkedin = LinkedIn(sandbox.settings_for_client())
        draft = PostDraft("x", pictures=[Picture(picture, "Noise")])
        with pytest.raises(NotDone) as caught:
            _post(linkedin, caller.access, draft)
        assert caught.value.wait == 60


@pytest.mark.parametrize("number", [1, 2, 20])
def test_check_17_ours_one_picture_or_several(
    sandbox, linkedin, access, picture, number
):
    pictures = [Picture(picture, f"Noise {at}") for at in range(number)]
    _post(linkedin, access, PostDraft("x", pictures=pictures))
    [post] = sandbox.posts()
    [(kind, shown)] = post["content"].items()
    assert kind == ("media" if number == 1 else "multiImage")
    items = shown.get("images", [shown])
    assert [item["altText"] for item in items] == [one.alt for one in pictures]
    assert len({item["id"] for item in items}) == number


def test_check_17_ours_a_document_with_its_title(sandbox, linkedin, access, document):
    _post(linkedin, access, PostDraft("x", document=Document(document, "Yearbook")))
    [post] = sandbox.posts()
    assert post["content"]["media"]["title"] == "Yearbook"
    [address] = post["media"]
    sent = requests.get(f"{sandbox.address}{address}", timeout=10)
    assert sent.headers["Content-Type"] == "application/pdf"
    assert sent.content == document.read_bytes()


def test_check_17_ours_refuses_before_any_call(sandbox, linkedin, picture, document):
    shown = Picture(picture, "Noise")
    card = Card("https://veenstroom.example/", "Title", "")
    drafts = {
        "media": [
            PostDraft("x", card=card, pictures=[shown]),
            PostDraft("x", pictures=[shown], document=Document(document, "T")),
            PostDraft("x", pictures=[shown] * 21),
        ],
        "title": [PostDraft("x", document=Document(document, " "))],
        "alt": [PostDraft("x", pictures=[Picture(picture, "x" * 4087)])],
    }
    nobody = sandbox.access_for("Nobody")
    sandbox.revoke_all()  # any call would say so
    for code, some in drafts.items():
        for draft in some:
            with pytest.raises(Refused) as caught:
                linkedin.prepare(nobody, draft)
            assert caught.value.code == code


def test_check_17_ours_never_posts_without_a_picture_that_failed(picture, document):
    drafts = [
        PostDraft("One", pictures=[Picture(picture, "Noise")]),
        PostDraft("Two", pictures=[Picture(picture, "Noise")] * 2),
        PostDraft("A document", document=Document(document, "Title")),
        PostDraft("A card", card=Card("https://x.example/", "Title", "", picture)),
    ]
    with running_sandbox(media_fail=True) as sandbox:
        linkedin = LinkedIn(sandbox.settings_for_client())
        access = sandbox.access_for("Ivo Terpstra")
        for draft in drafts:
            with pytest.raises(Refused) as caught:
                _post(linkedin, access, draft)
            assert caught.value.code == "400 MEDIA_ASSET_PROCESSING_FAILED"
        assert sandbox.posts() == []
