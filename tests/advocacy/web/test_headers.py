"""Headers that every answer carries, whatever it is."""

import re

import pytest

PAGES = ["/sign-in", "/nowhere", "/healthz", "/", "/l/", "/static/css/nothing.css"]


@pytest.mark.parametrize("address", PAGES)
def test_every_answer_is_kept_from_framing_sniffing_and_caching(client, address):
    headers = client.get(address).headers
    assert "frame-ancestors 'none'" in headers["Content-Security-Policy"]
    assert "default-src 'none'" in headers["Content-Security-Policy"]
    assert "unsafe" not in headers["Content-Security-Policy"]
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] in {"same-origin", "no-referrer"}
    assert headers["Cache-Control"] == "no-store"


def test_two_answers_never_have_the_same_nonce(client):
    policies = {
        client.get("/sign-in").headers["Content-Security-Policy"] for _page in range(3)
    }
    assert len(policies) == 3
    assert all(re.search(r"'nonce-[\w-]{20,}'", policy) for policy in policies)


def test_forms_may_end_at_us_and_at_the_network_only(client, settings):
    policy = client.get("/sign-in").headers["Content-Security-Policy"]
    [form] = [part for part in policy.split("; ") if part.startswith("form-action")]
    assert form == f"form-action 'self' {settings.linkedin_oauth_base}"


def test_the_cookie_is_for_us_alone(client):
    client.post("/language", data={"language": "nl"})
    cookie = client.get_cookie("session")
    assert cookie is not None
    assert cookie.http_only
    assert cookie.same_site == "Lax"


def test_a_file_that_is_the_same_for_everybody_may_be_kept(client):
    with client.get("/static/css/base.css") as answer:
        assert "no-store" not in answer.headers.get("Cache-Control", "")


@pytest.mark.parametrize("number", ["2147483648", "9" * 30])
def test_a_number_that_no_row_can_have_is_a_page_that_is_not_there(client, number):
    assert client.get(f"/items/{number}").status_code == 404
