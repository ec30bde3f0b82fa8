"""What a post must be, and what happens to one that is not."""

import pytest

from tests.integrations.linkedin.samples import make_picture
from tests.integrations.linkedin_sandbox.calling import Caller

ARTICLE = {"source": "https://veenstroom.example/", "title": "T", "description": "D"}


def _with(**content):
    return {"content": content}


@pytest.mark.parametrize(
    ("changes", "status", "code"),
    [
        ({"author": None}, 400, "MISSING_FIELD"),
        ({"author": "pretend0001"}, 403, "ACCESS_DENIED"),
        ({"author": "urn:li:person:somebody"}, 403, "ACCESS_DENIED"),
        ({"author": "urn:li:organization:1"}, 403, "ACCESS_DENIED"),
        ({"commentary": None}, 400, "MISSING_FIELD"),
        ({"commentary": 7}, 400, "INVALID_VALUE_FOR_FIELD"),
        ({"commentary": " \n"}, 400, "INVALID_VALUE_BLANK_FIELD"),
        ({"commentary": "x" * 3001}, 400, "FIELD_LENGTH_TOO_LONG"),
        ({"commentary": "\\(" * 1501}, 400, "FIELD_LENGTH_TOO_LONG"),
        ({"visibility": None}, 400, "MISSING_FIELD"),
        ({"visibility": "EVERYBODY"}, 400, "INVALID_VALUE_FOR_FIELD"),
        ({"distribution": None}, 400, "MISSING_FIELD"),
        ({"distribution": {}}, 400, "MISSING_FIELD"),
        ({"distribution": {"feedDistribution": "X"}}, 400, "INVALID_VALUE_FOR_FIELD"),
        ({"lifecycleState": None}, 400, "MISSING_FIELD"),
        ({"lifecycleState": "DRAFT"}, 400, "INVALID_VALUE_FOR_FIELD"),
        ({"scheduledAt": 1}, 400, "UNPERMITTED_FIELD"),
        (_with(), 400, "INVALID_VALUE_FOR_FIELD"),
        (_with(event={}), 400, "UNPERMITTED_FIELD"),
        (_with(poll={}), 400, "MISSING_FIELD"),
        (_with(article=ARTICLE, media={}), 400, "INVALID_VALUE_FOR_FIELD"),
        (_with(article="x"), 400, "INVALID_VALUE_FOR_FIELD"),
        (_with(article={"source": "https://x"}), 400, "MISSING_FIELD"),
        (_with(article=ARTICLE | {"source": "x"}), 400, "INVALID_VALUE_FOR_FIELD"),
        (_with(article=ARTICLE | {"image": "x"}), 400, "UNPERMITTED_FIELD"),
        (_with(article=ARTICLE | {"thumbnail": "x"}), 400, "INVALID_URN_TYPE"),
        (_with(media={}), 400, "MISSING_FIELD"),
        (_with(media={"id": "urn:li:image:X"}), 400, "INVALID_IMAGE_ID"),
        (
            _with(media={"id": "urn:li:image:X", "altText": "x" * 4087}),
            400,
            "FIELD_LENGTH_TOO_LONG",
        ),
        (
            _with(multiImage={"images": [{"id": "x"}]}),
            400,
            "INVALID_VALUE_FOR_FIELD",
        ),
    ],
)
def test_a_careless_post_is_refused(caller, changes, status, code):
    answer = caller.post(**changes)
    assert (answer.status_code, answer.json()["code"]) == (status, code)
    assert caller.sandbox.posts() == []


def test_later_or_after_a_delete_or_with_other_words_it_is_none(caller, sandbox):
    urn = caller.post().headers["x-restli-id"]
    sandbox.memory.posts[urn].received_at -= 601
    second = caller.post()
    assert second.status_code == 201
    path = "/rest/posts/" + second.headers["x-restli-id"].replace(":", "%3A")
    assert caller.call("DELETE", path).status_code == 204
    assert caller.post().status_code == 201
    assert caller.post(commentary="Other words").status_code == 201


def test_the_same_picture_uploaded_again_is_a_duplicate(caller, tmp_path):
    data = make_picture(tmp_path).read_bytes()
    first = caller.post(content={"media": {"id": caller.picture(data)}})
    again = caller.post(content={"media": {"id": caller.picture(data)}})
    assert (first.status_code, again.status_code) == (201, 422)


def test_deleting_is_for_the_author(caller, sandbox):
    urn = caller.post().headers["x-restli-id"].replace(":", "%3A")
    other = Caller(sandbox, sandbox.access_for("Tjitske Rinsma"))
    assert other.call("DELETE", f"/rest/posts/{urn}").status_code == 403
    assert caller.call("DELETE", f"/rest/posts/{urn}").status_code == 204
    assert caller.call("DELETE", f"/rest/posts/{urn}").status_code == 204
    assert caller.call("DELETE", "/rest/posts/urn%3Ali%3Ashare%3A1").status_code == 404
