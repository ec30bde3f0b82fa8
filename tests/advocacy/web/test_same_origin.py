"""Forms are taken from our own pages, and from no other site."""

import re
from dataclasses import replace

import pytest

from advocacy.app import create_app
from advocacy.web.same_origin import own_origins

ALL_NAMES = {"http://localhost:8000", "http://127.0.0.1:8000", "http://[::1]:8000"}
EVIL = "https://evil.example"
FOREIGN = [
    {"Origin": EVIL},
    {"Origin": "null"},
    {"Origin": "http://localhost:81"},
    {"Origin": "https://localhost"},
    {"Origin": f"http://localhost,{EVIL}"},
    {"Origin": ""},
    {"Sec-Fetch-Site": "cross-site"},
    {"Sec-Fetch-Site": "same-site"},
    {"Sec-Fetch-Site": "same-site", "Origin": "http://localhost"},
    {"Sec-Fetch-Site": "same-origin", "Origin": EVIL},
    {"Sec-Fetch-Site": "none", "Origin": "null"},
    {"Sec-Fetch-Site": ""},
]
OWN = [
    {},
    {"Origin": "http://localhost"},
    {"Origin": "http://127.0.0.1"},
    {"Sec-Fetch-Site": "same-origin"},
    {"Sec-Fetch-Site": "none"},
    {"Sec-Fetch-Site": "same-origin", "Origin": "http://localhost"},
    {"Sec-Fetch-Site": "same-origin", "Origin": "null"},
]


@pytest.mark.parametrize("said", FOREIGN, ids=str)
def test_every_route_refuses_what_another_site_sends(app, said):
    client = app.test_client()
    posted = 0
    for rule in app.url_map.iter_rules():
        for method in rule.methods - {"GET", "HEAD", "OPTIONS"}:
            address = re.sub("<[^>]+>", "1", rule.rule)
            answer = client.open(address, method=method, headers=said)
            assert answer.status_code == 403, (method, address)
            posted += 1
    assert posted > 20
    assert client.get_cookie("session") is None


@pytest.mark.parametrize("said", OWN, ids=str)
def test_our_own_pages_are_heard(client, said):
    answer = client.post("/language", data={"language": "nl"}, headers=said)
    assert answer.status_code == 302


@pytest.mark.parametrize("said", OWN, ids=str)
def test_a_page_of_ours_needs_its_token_as_well(app, said):
    app.config["WTF_CSRF_ENABLED"] = True
    answer = app.test_client().post("/language", data={"language": "nl"}, headers=said)
    assert answer.status_code == 400


def test_following_a_link_from_elsewhere_is_no_form(client):
    answer = client.get("/sign-in", headers={"Sec-Fetch-Site": "cross-site"})
    assert answer.status_code == 200


@pytest.mark.parametrize(
    ("language", "title"),
    [("en", "We did not take that"), ("nl", "Dit hebben we niet aangenomen")],
)
def test_whoever_is_refused_reads_what_to_do(client, language, title):
    answer = client.post(
        "/language", headers={"Origin": EVIL, "Accept-Language": language}
    )
    assert f'<h1 class="empty-title">{title}</h1>' in answer.text
    assert "http://localhost" in answer.text
    assert "evil" not in answer.text


def test_behind_a_proxy_the_address_that_people_use_counts(settings):
    told = replace(settings, base_url="https://library.example", demo=False)
    app = create_app(told)
    app.config["WTF_CSRF_ENABLED"] = False
    client = app.test_client()
    said = {"Origin": "https://library.example", "Host": "10.0.0.5:8000"}
    assert client.post("/language", headers=said).status_code != 403
    said["Origin"] = "http://10.0.0.5:8000"
    assert client.post("/language", headers=said).status_code == 403
    app.extensions["advocacy"].outside.engine.dispose()


@pytest.mark.parametrize(
    ("base_url", "origins"),
    [
        ("https://Library.example", {"https://library.example"}),
        ("https://library.example:443", {"https://library.example"}),
        ("https://library.example:8443", {"https://library.example:8443"}),
        ("http://localhost:8000", ALL_NAMES),
        ("http://127.0.0.1:8000", ALL_NAMES),
    ],
)
def test_origins_are_written_as_browsers_write_them(base_url, origins):
    assert own_origins(base_url) == origins
