"""Every form of the pretend network's pages, pressed as in a browser, does what it says."""

import time
from itertools import count

import pytest
import requests

from integrations.linkedin_sandbox.faults import FAULTS
from tests.integrations.linkedin.samples import make_picture
from tests.integrations.linkedin_sandbox.browsing import press
from tests.integrations.linkedin_sandbox.calling import Caller

# What a create call is answered, with the code of a refusal; "" for a line that breaks.
ANSWERS = {
    "behave": "201",
    "slow": "201",
    "late_after_commit": "201",
    "created_without_id": "201 without id",
    "expired_token": "401 REVOKED_ACCESS_TOKEN",
    "day_limit": "429 TOO_MANY_REQUESTS",
    "app_day_limit": "429 TOO_MANY_REQUESTS",
    "busy": "429 TOO_MANY_REQUESTS",
    "version_gone": "426 NONEXISTENT_VERSION",
    "gateway_timeout_after_commit": "504 INTERNAL_SERVER_ERROR",
    "error_without_commit": "500 INTERNAL_SERVER_ERROR",
    "bad_gateway": "502 INTERNAL_SERVER_ERROR",
    "unavailable_without_commit": "503 SERVICE_UNAVAILABLE",
    "malformed": "400 MISSING_FIELD",
    "too_long": "400 FIELD_LENGTH_TOO_LONG",
    "forbidden": "403 ACCESS_DENIED",
    "not_found": "404 NOT_FOUND",
    "request_timeout": "408 REQUEST_TIMEOUT",
    "conflict": "409 CONFLICT",
    "too_large": "413 REQUEST_ENTITY_TOO_LARGE",
    "unprocessable": "422 INVALID_CONTENT",
    "drop_after_commit": "",
    "drop_before_commit": "",
    "garbled_after_commit": "",
    "half_an_answer_after_commit": "201 without id",
}
REVOKED = "401 REVOKED_ACCESS_TOKEN"
EXPIRED = "401 EXPIRED_ACCESS_TOKEN"


@pytest.fixture
def handles(sandbox):
    """Press a button on the page with all handles."""
    return lambda button, **typed: press(f"{sandbox.address}/sandbox/", button, **typed)


@pytest.fixture
def feed(sandbox):
    """Press a button beside the posts."""
    return lambda button, **typed: press(f"{sandbox.address}/feed/", button, **typed)


@pytest.fixture
def says(caller):
    """What one more create call is answered; its words are new unless they are given."""
    numbers = count(1)

    def create(words="", by=caller):
        try:
            answer = by.post(commentary=words or f"Post {next(numbers)}")
        except requests.ConnectionError:
            return ""
        if answer.status_code == 201:
            return "201" if "x-restli-id" in answer.headers else "201 without id"
        return f"{answer.status_code} {answer.json().get('code', '')}".strip()

    return create


def test_every_fault_has_its_answer():
    assert set(ANSWERS) == set(FAULTS)


@pytest.mark.parametrize("fault", FAULTS)
def test_a_fault_that_is_chosen_meets_that_many_posts(sandbox, handles, says, fault):
    handles("Set all this", slow_seconds="0.05")

    handles("Set the fault", fault=fault, times="2")

    begun = time.monotonic()
    said = [says() for _ in range(3)]
    assert said == [ANSWERS[fault], ANSWERS[fault], "201"]
    if FAULTS[fault].waits or FAULTS[fault].waits_after:
        assert time.monotonic() - begun >= 0.1
    assert len(sandbox.posts()) == 1 + 2 * FAULTS[fault].commits


@pytest.mark.parametrize("fault", [one for one in FAULTS if FAULTS[one].on_the_page])
def test_a_fault_chosen_beside_the_posts_meets_the_next_one(
    sandbox, handles, feed, says, fault
):
    handles("Set all this", slow_seconds="0.05")

    feed("Set the fault", fault=fault)

    assert [says(), says()] == [ANSWERS[fault], "201"]


def test_chances_meet_that_many_in_a_hundred(handles, says):
    handles("Set the chances", **{"percent-conflict": "100", "seed": "3"})
    assert [says() for _ in range(3)] == ["409 CONFLICT"] * 3

    handles("Set the chances", **{"percent-conflict": ""})
    assert says() == "201"


def test_a_faults_chances_are_taken_back_one_by_one(handles, says):
    both = {"percent-conflict": "100", "percent-busy": ""}
    handles("Set the chances", **both)
    handles("Set the chances", **{"percent-conflict": "", "percent-busy": "100"})
    assert says() == "429 TOO_MANY_REQUESTS"


@pytest.mark.parametrize(
    ("seconds", "said"), [("5183000", "201"), ("5184000", EXPIRED)]
)
def test_time_passes(handles, says, seconds, said):
    handles("Let time pass", advance_seconds=seconds)
    assert says() == said


@pytest.mark.parametrize(
    ("button", "said"), [("Take them back", REVOKED), ("Let them run out", EXPIRED)]
)
def test_connections_end_of_all_of_one_member_or_of_one_app(
    sandbox, handles, says, button, said
):
    other = Caller(sandbox, sandbox.access_for("Tjitske Rinsma"))

    handles(button, member="Tjitske Rinsma", client_id="pretend-figures-client")
    assert (says(), says(by=other)) == ("201", "201")
    handles(button, member="Tjitske Rinsma")
    assert (says(), says(by=other)) == ("201", said)
    handles(button)
    assert says() == said


def test_all_connections_end_beside_the_posts(feed, says):
    feed("End all connections")
    assert says() == REVOKED


def test_the_posts_are_forgotten(sandbox, feed, says):
    says("The same words")
    assert says("The same words") == "422"
    feed("Forget all posts")
    assert sandbox.posts() == []
    assert says("The same words") == "201"


@pytest.mark.parametrize("member", ["", "Ivo Terpstra"])
def test_the_calls_of_a_day_are_used_up(sandbox, handles, says, member):
    other = Caller(sandbox, sandbox.access_for("Tjitske Rinsma"))
    limits = {"member_calls_a_day": "150", "app_calls_a_day": "100000"}
    handles("Set all this", **limits)

    handles("Set the calls", member=member, calls="149" if member else "99999")

    others = "201" if member else "429 TOO_MANY_REQUESTS"
    assert [says(), says()] == ["201", "429 TOO_MANY_REQUESTS"]
    assert says(by=other) == others
    handles("Let time pass", advance_seconds="86400")
    assert says() == "201"


def test_a_version_ends_and_comes_back(handles, says):
    handles("Set all this", dead_versions="202608 202609")
    assert says() == "426 NONEXISTENT_VERSION"
    handles("Set all this", dead_versions="")
    assert says() == "201"


def test_a_new_connection_takes_its_time_to_be_known(sandbox, handles, says):
    handles("Set all this", slow_to_know_seconds="3600")
    new = Caller(sandbox, sandbox.access_for("Tjitske Rinsma"))
    assert says(by=new) == REVOKED
    handles("Let time pass", advance_seconds="3600")
    assert says(by=new) == "201"


def test_a_new_connection_is_not_known_for_some_calls(sandbox, handles, says):
    handles("Set all this", slow_to_know_tokens="2")
    new = Caller(sandbox, sandbox.access_for("Tjitske Rinsma"))
    assert [says(by=new) for _ in range(3)] == [REVOKED, REVOKED, "201"]


def test_the_time_in_which_the_same_words_are_refused_is_set(handles, says):
    handles("Set all this", duplicate_seconds="86400")
    says("The same words")
    handles("Let time pass", advance_seconds="86000")
    assert says("The same words") == "422"
    handles("Let time pass", advance_seconds="401")
    assert says("The same words") == "201"


@pytest.mark.parametrize(("ghosts", "said"), [("yes", "422"), ("no", "201")])
def test_a_deleted_post_counts_with_ghosts_only(handles, caller, says, ghosts, said):
    handles("Set all this", ghost_duplicates=ghosts)
    made = caller.post(commentary="The same words").headers["x-restli-id"]
    gone = caller.call("DELETE", f"/rest/posts/{made.replace(':', '%3A')}")
    assert gone.status_code == 204
    assert says("The same words") == said


def test_text_that_is_not_escaped_is_refused_where_that_is_set(handles, says):
    assert says("Read (this)") == "201"
    handles("Set all this", strict_text="yes")
    assert says("Read (that)").startswith("400")


@pytest.mark.parametrize(
    "end", [{"oldest_version": "202610"}, {"newest_version": "202608"}]
)
def test_versions_outside_of_those_served_are_refused(handles, says, end):
    handles("Set all this", **end)
    assert says() == "426 NONEXISTENT_VERSION"


def test_new_connections_last_as_long_as_is_set(sandbox, handles, says):
    handles("Set all this", token_seconds="3600")
    new = Caller(sandbox, sandbox.access_for("Tjitske Rinsma"))
    assert says(by=new) == "201"
    handles("Let time pass", advance_seconds="3601")
    assert (says(by=new), says()) == (EXPIRED, "201")


@pytest.mark.parametrize(
    ("setting", "code"),
    [
        ({"media_fail": "yes"}, "MEDIA_ASSET_PROCESSING_FAILED"),
        ({"processing_seconds": "3600"}, "MEDIA_ASSET_WAITING_UPLOAD"),
    ],
)
def test_a_picture_that_is_not_ready_shows_in_no_post(
    sandbox, handles, caller, tmp_path, setting, code
):
    handles("Set all this", **setting)
    picture = caller.picture(make_picture(tmp_path).read_bytes())
    answer = caller.post(content={"media": {"id": picture}})
    assert (answer.status_code, answer.json()["code"]) == (400, code)
    assert sandbox.posts() == []
