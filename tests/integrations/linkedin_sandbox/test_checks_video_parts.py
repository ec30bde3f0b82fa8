"""Check 25, the first half: a video's parts, as careless clients send them."""

import pytest
import requests

from tests.integrations.linkedin.samples import make_film
from tests.integrations.linkedin_sandbox.calling import Caller
from tests.integrations.linkedin_sandbox.serving import running_sandbox
from tests.integrations.linkedin_sandbox.video_calls import (
    announced,
    finish,
    piece,
    put,
    send,
    state,
)

PART = 4 * 1024 * 1024


@pytest.fixture(scope="module")
def data(tmp_path_factory):
    """Larger than one part."""
    return make_film(tmp_path_factory.mktemp("film")).read_bytes()


@pytest.mark.parametrize("size", [None, 0, -1, "10", 500 * 1024 * 1024 + 1])
def test_check_25_careless_a_size_that_is_none(caller, size):
    assert caller.announce("video", fileSizeBytes=size).status_code == 400


def test_check_25_careless_the_end_of_the_range_left_out(caller, data):
    value = announced(caller, data)
    first = value["uploadInstructions"][0]
    half_open = data[first["firstByte"] : first["lastByte"]]
    answer = put(first, half_open)
    assert (answer.status_code, answer.json()["code"]) == (400, "INVALID_PART")


def test_check_25_careless_all_parts_to_the_first_address(caller, data):
    value = announced(caller, data)
    first, second = value["uploadInstructions"]
    assert put(first, piece(first, data)).status_code == 200
    assert put(first, piece(second, data)).status_code == 400


def test_check_25_careless_a_wrong_size_comes_out_when_it_is_put_together(data):
    """As at LinkedIn, where each part is taken and the whole fails."""
    with running_sandbox(strict_parts=False) as sandbox:
        caller = Caller(sandbox, sandbox.access_for("Ivo Terpstra"))
        value = announced(caller, data)
        ids = [
            put(part, data[part["firstByte"] : part["lastByte"]]).headers["ETag"]
            for part in value["uploadInstructions"]
        ]
        assert finish(caller, value, ids).status_code == 200
        said = state(caller, value)
    assert said["status"] == "PROCESSING_FAILED"
    assert said["processingFailureReason"] == "FILE_SIZE_MISMATCH"


def test_check_25_careless_posting_a_part(caller, data):
    first = announced(caller, data)["uploadInstructions"][0]
    posted = requests.post(first["uploadUrl"], data=data[:PART], timeout=10)
    assert posted.status_code == 405


@pytest.mark.parametrize(("minds", "status"), [(True, 400), (False, 200)])
def test_check_25_careless_a_token_beside_the_parts_own_permission(data, minds, status):
    with running_sandbox(refuses_token_on_parts=minds) as sandbox:
        caller = Caller(sandbox, sandbox.access_for("Ivo Terpstra"))
        first = announced(caller, data)["uploadInstructions"][0]
        token = f"Bearer {caller.access.token}"
        answer = put(first, data[:PART], Authorization=token)
        assert answer.status_code == status


def test_check_25_careless_coming_too_late(caller, sandbox, data):
    value = announced(caller, data)
    sandbox.memory.assets[value["video"]].made_at -= 24 * 60 * 60 + 1
    answer = put(value["uploadInstructions"][0], data[:PART])
    assert answer.json()["code"] == "EXPIRED_UPLOAD_URL"


@pytest.mark.parametrize(
    "spoil",
    [
        lambda ids: ids[::-1],
        lambda ids: ids[:1],
        lambda ids: [*ids, ids[0]],
        lambda ids: [ids[0], "another"],
        "".join,
        lambda _ids: [],
    ],
)
def test_check_25_careless_ids_out_of_order_or_not_all(caller, data, spoil):
    value = announced(caller, data)
    ids = send(value, data)
    assert finish(caller, value, spoil(ids)).status_code == 400
    assert state(caller, value)["status"] == "WAITING_UPLOAD"


def test_check_25_careless_another_token_or_another_member(caller, sandbox, data):
    value = announced(caller, data)
    ids = send(value, data)
    for wrong in ("", value["uploadToken"][:-1], f"{value['uploadToken']} "):
        answer = finish(caller, value, ids, uploadToken=wrong)
        assert answer.status_code == 400
    other = Caller(sandbox, sandbox.access_for("Tjitske Rinsma"))
    assert finish(other, value, ids).status_code == 403
    assert state(other, value)["status"] == 403  # the answer's own, no video's


def test_check_25_the_ids_are_opaque_or_in_quotes(caller, data):
    ids = send(announced(caller, data), data)
    assert [one.startswith('"') for one in ids] == [False, True]


def test_check_25_without_quotes_they_are_the_same_ids(caller, data):
    value = announced(caller, data)
    ids = [one.strip('"') for one in send(value, data)]
    for _ in range(2):
        assert finish(caller, value, ids).status_code == 200
    assert state(caller, value)["status"] == "AVAILABLE"


def test_check_25_careless_a_part_that_was_not_asked_for(caller, data):
    [first, _] = announced(caller, data)["uploadInstructions"]
    beyond = {"uploadUrl": first["uploadUrl"].replace("/part/0", "/part/9")}
    assert put(beyond, data[:PART]).status_code == 404
