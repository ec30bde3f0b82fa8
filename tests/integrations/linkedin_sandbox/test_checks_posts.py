"""Checks 14 to 20, 22 and 23: each with a careless client that fails, and ours.

The numbers are those of the facts about LinkedIn that the sandbox was built from.
"""

import pytest
import requests

from integrations.errors import AccessExpired, AlreadyPosted, Refused
from integrations.linkedin.client import LinkedIn
from integrations.network import Access, Card, Mention, PostDraft
from tests.integrations.linkedin_sandbox.calling import Caller
from tests.integrations.linkedin_sandbox.serving import running_sandbox

TEXT = "Klaar (eindelijk) met @Veenstroom: https://x.example/a_b #netbeheer [41 masten]"
MENTIONS = [Mention("Veenstroom", "7")]


def _careless_post(caller, **changes):
    return requests.post(
        f"{caller.sandbox.address}/rest/posts",
        json=caller.body(**changes),
        headers=caller.headers(),
        timeout=10,
    )


def _post(linkedin, access, draft):
    body = linkedin.prepare(access, draft)
    return linkedin.open_line(access).create(body)


@pytest.mark.parametrize("author", ["{sub}", "urn:li:person:", "urn:li:organization:1"])
def test_check_14_careless_an_author_that_is_not_the_tokens_member(caller, author):
    given = author.format(sub=caller.access.member_id)
    answer = _careless_post(caller, author=given)
    assert (answer.status_code, answer.json()["serviceErrorCode"]) == (403, 100)
    assert "[/author]" in answer.json()["message"]


@pytest.mark.parametrize(
    ("field", "value", "code"),
    [
        ("commentary", None, "MISSING_FIELD"),
        ("visibility", None, "MISSING_FIELD"),
        ("visibility", "public", "INVALID_VALUE_FOR_FIELD"),
        ("distribution", {}, "MISSING_FIELD"),
        ("distribution", {"feedDistribution": "FEED"}, "INVALID_VALUE_FOR_FIELD"),
        ("lifecycleState", "DRAFT", "INVALID_VALUE_FOR_FIELD"),
    ],
)
def test_check_14_careless_a_field_missing_or_wrong(caller, field, value, code):
    answer = _careless_post(caller, **{field: value})
    assert (answer.status_code, answer.json()["code"]) == (400, code)


def test_check_14_ours_posts_as_the_member_and_never_as_nobody(
    sandbox, linkedin, access
):
    assert _post(linkedin, access, PostDraft("x"))
    [post] = sandbox.posts()
    assert post["author"] == f"urn:li:person:{access.member_id}"
    with pytest.raises(Refused):
        _post(linkedin, Access(access.token, ""), PostDraft("y"))
    with pytest.raises(AccessExpired):
        _post(linkedin, Access(access.token, "somebody"), PostDraft("y"))
    assert sandbox.creates == 2


def test_check_15_careless_text_as_typed_is_cut_and_created(caller, sandbox):
    assert _careless_post(caller, commentary=TEXT).status_code == 201
    [post] = sandbox.posts()
    assert (post["text"], post["cut_at"]) == ("Klaar ", 6)


@pytest.mark.parametrize("strict", [False, True])
def test_check_15_ours_text_arrives_as_typed_and_names_its_organisation(strict):
    with running_sandbox(strict_text=strict) as sandbox:
        caller = Caller(sandbox, sandbox.access_for("Ivo Terpstra"))
        refused = _careless_post(caller, commentary=TEXT).status_code == 400
        assert refused is strict
        linkedin = LinkedIn(sandbox.settings_for_client())
        _post(linkedin, caller.access, PostDraft(TEXT, mentions=MENTIONS))
        post = sandbox.posts()[-1]
    # A mention is shown as the name, without the sign that was typed.
    assert (post["text"], post["cut_at"]) == (TEXT.replace("@", ""), None)
    assert "@[Veenstroom](urn:li:organization:7)" in post["commentary"]
    assert r"{hashtag|\#|netbeheer}" in post["commentary"]


def test_check_16_careless_counting_what_was_typed(caller):
    typed = "x" * 2980 + "(" * 20
    assert len(typed) == 3000
    wire = typed.replace("(", r"\(")
    answer = _careless_post(caller, commentary=wire)
    assert (answer.status_code, answer.json()["code"]) == (400, "FIELD_LENGTH_TOO_LONG")


def test_check_16_ours_counts_what_is_sent(sandbox, linkedin, access):
    mention = "@[Veenstroom](urn:li:organization:7)"
    longest = "@Veenstroom " + "x" * (3000 - len(mention) - 1)
    for text in ("x" * 2980 + "(" * 20, "😀" * 1501, longest + "x"):
        with pytest.raises(Refused) as caught:
            linkedin.prepare(access, PostDraft(text, mentions=MENTIONS))
        assert caught.value.code == "too_long"
    _post(linkedin, access, PostDraft(longest, mentions=MENTIONS))
    [post] = sandbox.posts()
    assert len(post["commentary"]) == 3000


def test_check_18_careless_an_address_alone_shows_no_card(caller, sandbox):
    address = f"{sandbox.address}/website/line"
    assert _careless_post(caller, commentary=address).status_code == 201
    bare = {"article": {"source": address}}
    assert _careless_post(caller, content=bare).status_code == 400
    [post] = sandbox.posts()
    assert post["content"] == {}


def test_check_18_ours_brings_the_card_itself(sandbox, linkedin, access):
    card = Card(f"{sandbox.address}/website/line", "Our title (plain)", "Our words")
    _post(linkedin, access, PostDraft("Read", card=card))
    [post] = sandbox.posts()
    assert post["content"]["article"] == {
        "source": card.address,
        "title": "Our title (plain)",
        "description": "Our words",
    }


def test_check_19_careless_reading_the_answer_as_json(caller):
    answer = _careless_post(caller)
    assert answer.status_code == 201
    with pytest.raises(requests.JSONDecodeError):
        answer.json()


def test_check_19_ours_reads_the_id_from_the_header_of_either_kind(
    sandbox, linkedin, access
):
    urns = [_post(linkedin, access, PostDraft(text)) for text in ("one", "two")]
    assert urns == [post["urn"] for post in sandbox.posts()]
    assert {urn.split(":")[2] for urn in urns} == {"share", "ugcPost"}


def test_check_20_careless_sending_again_is_refused_and_names_no_success(caller):
    urn = _careless_post(caller).headers["x-restli-id"]
    answer = _careless_post(caller)
    assert answer.status_code == 422
    assert answer.json()["message"].endswith(f"Content is a duplicate of {urn}")
    assert "x-restli-id" not in answer.headers


@pytest.mark.parametrize("ghosts", [False, True])
def test_check_20_careless_deleting_first_helps_unless_there_are_ghosts(ghosts):
    with running_sandbox(ghost_duplicates=ghosts) as sandbox:
        caller = Caller(sandbox, sandbox.access_for("Ivo Terpstra"))
        urn = _careless_post(caller).headers["x-restli-id"]
        path = f"/rest/posts/{urn.replace(':', '%3A')}"
        assert caller.call("DELETE", path).status_code == 204
        assert _careless_post(caller).status_code == (422 if ghosts else 201)


def test_check_20_ours_says_which_post_stands(sandbox, linkedin, access):
    urn = _post(linkedin, access, PostDraft("Same (again)"))
    with pytest.raises(AlreadyPosted) as caught:
        _post(linkedin, access, PostDraft("Same (again)"))
    assert caught.value.post_id == urn
    assert len(sandbox.posts()) == 1


@pytest.mark.parametrize(
    ("headers", "patch"),
    [
        ({}, {"$set": {"commentary": "New"}}),
        ({"X-RestLi-Method": "UPDATE"}, {"$set": {"commentary": "New"}}),
        ({"X-RestLi-Method": "PARTIAL_UPDATE"}, {"commentary": "New"}),
        ({"X-RestLi-Method": "PARTIAL_UPDATE"}, {"$set": {}}),
        ({"X-RestLi-Method": "PARTIAL_UPDATE"}, {"$set": {"visibility": "PUBLIC"}}),
    ],
)
def test_check_22_careless_a_change_that_is_no_partial_update(
    caller, sandbox, headers, patch
):
    urn = _careless_post(caller).headers["x-restli-id"].replace(":", "%3A")
    answer = requests.post(
        f"{sandbox.address}/rest/posts/{urn}",
        json={"patch": patch},
        headers=caller.headers() | headers,
        timeout=10,
    )
    assert answer.status_code == 400
    assert sandbox.posts()[0]["text"] == "A right post"


def test_check_22_a_right_partial_update_changes_the_text(caller, sandbox):
    urn = _careless_post(caller).headers["x-restli-id"].replace(":", "%3A")
    said = {"patch": {"$set": {"commentary": r"New \(words\)"}}}
    method = {"X_RestLi_Method": "PARTIAL_UPDATE"}
    path = f"/rest/posts/{urn}"
    assert caller.call("POST", path, said, **method).status_code == 204
    assert sandbox.posts()[0]["text"] == "New (words)"
    other = Caller(sandbox, sandbox.access_for("Tjitske Rinsma"))
    assert other.call("POST", path, said, **method).status_code == 403
    assert caller.call("DELETE", path).status_code == 204
    assert caller.call("POST", path, said, **method).status_code == 404


def test_check_22_careless_reading_back_what_was_posted(caller, sandbox):
    urn = _careless_post(caller).headers["x-restli-id"].replace(":", "%3A")
    author = caller.author.replace(":", "%3A")
    for path, status in ((urn, 403), (f"?q=author&author={author}", 400)):
        address = f"{sandbox.address}/rest/posts/{path}".replace("/?", "?")
        answer = requests.get(address, headers=caller.headers(), timeout=10)
        assert answer.status_code == status


def test_check_22_ours_deletes_twice_and_never_for_another(sandbox, linkedin, access):
    urn = _post(linkedin, access, PostDraft("Soon away"))
    with pytest.raises(Refused):
        linkedin.delete(sandbox.access_for("Tjitske Rinsma"), urn)
    for _ in range(2):
        linkedin.delete(access, urn)
    assert [post["deleted"] for post in sandbox.posts()] == [True]


def test_check_23_careless_colons_in_the_path(caller, sandbox):
    urn = _careless_post(caller).headers["x-restli-id"]
    twice = urn.replace(":", "%253A")
    for wrong, status in ((urn, 400), (twice, 404)):
        address = f"{sandbox.address}/rest/posts/{wrong}"
        answer = requests.delete(address, headers=caller.headers(), timeout=10)
        assert answer.status_code == status
    assert [post["deleted"] for post in sandbox.posts()] == [False]


def test_check_23_ours_encodes_them_once(sandbox, linkedin, access):
    linkedin.delete(access, _post(linkedin, access, PostDraft("x")))
    assert [post["deleted"] for post in sandbox.posts()] == [True]
