"""What people see of the pretend network, without and with the product around it."""

import html
import json
import re

import pytest
import requests

from integrations.linkedin.client import LinkedIn
from integrations.network import Card, Picture, PostDraft, Video
from tests.integrations.linkedin.samples import CAPTIONS, make_film, make_picture
from tests.integrations.linkedin_sandbox.serving import running_sandbox


def _get(sandbox, path):
    return requests.get(f"{sandbox.address}{path}", timeout=10)


def _publish(sandbox, draft, name="Ivo Terpstra"):
    linkedin = LinkedIn(sandbox.settings_for_client())
    access = sandbox.access_for(name)
    return linkedin.open_line(access).create(linkedin.prepare(access, draft))


def test_an_empty_feed_says_so(sandbox):
    page = _get(sandbox, "/").text
    assert "Nothing received yet" in page
    assert page.count("<h1>") == 1


def test_a_posts_text_is_shown_and_its_addresses_can_be_clicked(sandbox):
    text = "See <b>https://veenstroom.example/l/k3?a=1&b=2</b>, or http://x.example/a."
    _publish(sandbox, PostDraft(text))
    page = _get(sandbox, "/feed/").text
    links = [html.unescape(one) for one in re.findall(r'<p>.*?<a href="([^"]+)"', page)]
    assert links[0] == "https://veenstroom.example/l/k3?a=1&b=2"
    assert ">http://x.example/a</a>." in page
    assert "<b>" not in page


def test_a_card_opens_the_address_that_was_sent(sandbox, tmp_path):
    address = "https://advocacy.example/l/Zx9_k-1?y=2&z=3"
    card = Card(address, "The line", "Six years", make_picture(tmp_path))
    _publish(sandbox, PostDraft("Read", card=card))
    page = _get(sandbox, "/feed/").text
    [link] = re.findall(r'<a class="feed-link" href="([^"]+)"', page)
    assert html.unescape(link) == address
    assert "The line" in page
    assert "advocacy.example" in page


def test_a_picture_and_a_film_are_shown_with_their_words(sandbox, tmp_path):
    picture = make_picture(tmp_path)
    captions = tmp_path / "film.vtt"
    captions.write_text(CAPTIONS)
    film = make_film(tmp_path)
    _publish(sandbox, PostDraft("1", pictures=[Picture(picture, "Grey & noise")]))
    _publish(sandbox, PostDraft("2", video=Video(film, "Test film", captions)))
    page = _get(sandbox, "/feed/").text
    assert 'alt="Grey &amp; noise"' in page
    [film_address] = re.findall(r'<video controls[^>]* src="([^"]+)"', page)
    [track] = re.findall(r'<track kind="captions" src="([^"]+)"', page)
    assert _get(sandbox, track).text == CAPTIONS
    answer = _get(sandbox, film_address)
    assert answer.headers["Content-Type"] == "video/mp4"
    assert answer.content == film.read_bytes()
    part = requests.get(
        f"{sandbox.address}{film_address}",
        headers={"Range": "bytes=100-199"},
        timeout=10,
    )
    assert (part.status_code, part.content) == (206, film.read_bytes()[100:200])


def test_what_came_over_the_wire_is_shown_without_the_token(sandbox):
    linkedin = LinkedIn(sandbox.settings_for_client())
    access = sandbox.access_for("Ivo Terpstra")
    urn = linkedin.open_line(access).create(linkedin.prepare(access, PostDraft("(x)")))
    page = _get(sandbox, f"/feed/update/{urn}/").text
    assert "LinkedIn-Version: 202609" in page
    assert f"x-restli-id: {urn}" in page
    assert r"\\(x\\)" in page
    assert access.token not in page


def test_a_cut_text_is_pointed_out(caller, sandbox):
    caller.post(commentary="Read (this)")
    assert "The text was cut off" in _get(sandbox, "/feed/").text


def test_a_deleted_post_and_an_unknown_one_are_not_there(sandbox):
    urn = _publish(sandbox, PostDraft("Soon away"))
    LinkedIn(sandbox.settings_for_client()).delete(
        sandbox.access_for("Ivo Terpstra"), urn
    )
    for one in (urn, "urn:li:share:1"):
        assert _get(sandbox, f"/feed/update/{one}/").status_code == 404
    assert "Soon away" not in _get(sandbox, "/feed/").text


def test_old_posts_are_on_further_pages(sandbox):
    for number in range(21):
        _publish(sandbox, PostDraft(f"Post number {number:02d}"))
    first = _get(sandbox, "/feed/").text
    assert "Post number 20" in first
    assert "Post number 00" not in first
    assert 'href="?from=20"' in first
    assert "Post number 00" in _get(sandbox, "/feed/?from=20").text


def test_the_composer_holds_the_text_and_posts_by_hand(sandbox):
    text = "Een zin (met haakjes)\n\n<#tag> & een adres: https://x.example/l/1"
    address = LinkedIn(sandbox.settings_for_client()).composer_address(text)
    page = requests.get(address, timeout=10).text
    [typed] = re.findall(r"<textarea[^>]*>\n(.*)</textarea>", page, re.DOTALL)
    assert html.unescape(typed) == text
    sent = text.replace("\n", "\r\n")
    answer = requests.post(
        f"{sandbox.address}/feed/",
        data={"text": sent, "other": "  Femke  de Wit "},
        timeout=10,
    )
    [post] = sandbox.posts()
    assert answer.url.endswith(f"/feed/update/{post['urn']}/")
    assert (post["text"], post["member"], post["by_hand"]) == (
        text,
        "Femke de Wit",
        True,
    )
    assert "Typed here by hand" in answer.text
    assert '<a href="https://x.example/l/1">' in answer.text


@pytest.mark.parametrize(
    ("form", "sentence"),
    [
        ({"text": "x"}, "Choose or type a name."),
        ({"text": " ", "other": "Ivo"}, "Write 1 to 3000 characters."),
        ({"text": "😀" * 1501, "other": "Ivo"}, "Write 1 to 3000 characters."),
    ],
)
def test_a_refused_post_by_hand_keeps_what_was_typed(sandbox, form, sentence):
    answer = requests.post(f"{sandbox.address}/feed/", data=form, timeout=10)
    assert answer.status_code == 422
    assert sentence in answer.text
    assert f"{form['text']}</textarea>" in answer.text or form["text"] == " "
    assert sandbox.posts() == []


def test_ones_own_activity_shows_ones_own_posts(sandbox):
    _publish(sandbox, PostDraft("By Tjitske"), "Tjitske Rinsma")
    with requests.Session() as browser:
        data = {"text": "By Femke", "other": "Femke de Wit"}
        browser.post(f"{sandbox.address}/feed/", data=data, timeout=10)
        address = LinkedIn(sandbox.settings_for_client()).activity_address()
        page = browser.get(address, timeout=10).text
    assert "Posts by Femke de Wit" in page
    assert "By Femke" in page
    assert "By Tjitske" not in page


def test_the_consent_screen_says_in_words_what_is_asked():
    with running_sandbox(members=("Ivo Terpstra", "Tjitske Rinsma")) as sandbox:
        sandbox.settings_for_client("http://localhost:8000/back")
        page = requests.get(
            f"{sandbox.address}/oauth/v2/authorization",
            params={
                "response_type": "code",
                "client_id": "pretend-client",
                "redirect_uri": "http://localhost:8000/back",
                "scope": "openid w_member_social",
                "state": '"><script>',
            },
            timeout=10,
        ).text
    assert "post in your name, and delete those posts" in page
    assert "read your name and picture" not in page
    assert "localhost:8000" in page
    assert 'value="Ivo Terpstra" checked' in page
    assert "<script>" not in page


def test_faults_are_set_and_forgotten_over_http(caller, sandbox):
    address = f"{sandbox.address}/sandbox/faults"
    assert requests.post(address, json={"fault": "day_limit"}, timeout=10).ok
    page = _get(sandbox, "/feed/").text
    assert re.search(r'value="day_limit" checked', page)
    assert caller.post().status_code == 429
    assert caller.post().status_code == 201
    sandbox.set_fault("error_without_commit", times=2)
    statuses = [caller.post(commentary=str(number)).status_code for number in range(3)]
    assert statuses == [500, 500, 201]
    sandbox.set_fault("busy", times=-1)
    assert {caller.post().status_code for _ in range(3)} == {429}
    assert requests.post(address, data={"fault": "x"}, timeout=10).status_code == 422


def test_the_pages_buttons_lead_back_to_the_feed(sandbox):
    for path in ("faults", "tokens/revoked", "forget"):
        answer = requests.post(
            f"{sandbox.address}/sandbox/{path}",
            data={"fault": "slow"},
            headers={"Accept": "text/html,*/*"},
            timeout=10,
        )
        assert answer.url == f"{sandbox.address}/feed/"


def test_create_calls_are_counted_whatever_became_of_them(caller, sandbox):
    caller.post()
    caller.post(LinkedIn_Version=None)
    sandbox.set_fault("error_without_commit")
    caller.post()
    found = _get(sandbox, "/sandbox/posts.json").json()
    assert found["creates"] == sandbox.creates == 3
    assert len(found["posts"]) == 1


def test_the_sample_website_has_pages_with_cards(tmp_path):
    picture = make_picture(tmp_path)
    page = {
        "title": "De lijn is klaar",
        "description": 'Zes jaar "nee"',
        "picture": picture.name,
        "lang": "nl",
        "body": ["Eerste alinea."],
    }
    site = tmp_path / "website.json"
    (tmp_path.parent / "other.json").write_text("{}")
    site.write_text(json.dumps({"name": "Veenstroom", "pages": {"lijn": page}}))
    with running_sandbox(website=site) as sandbox:
        found = _get(sandbox, "/website/lijn").text
        address = f"{sandbox.address}/website/pictures/picture.jpg"
        assert '<html lang="nl">' in found
        assert '<meta property="og:title" content="De lijn is klaar">' in found
        assert 'content="Zes jaar &#34;nee&#34;"' in found
        assert f'<meta property="og:image" content="{address}">' in found
        assert "Eerste alinea." in found
        sent = requests.get(address, timeout=10)
        assert sent.content == picture.read_bytes()
        other = _get(sandbox, "/website/some-other-page").text
        assert "<h1>Some other page</h1>" in other
        for outside in ("..%2fother.json", "nothing.jpg"):
            assert _get(sandbox, f"/website/pictures/{outside}").status_code == 404


def test_style_sheets_come_from_the_folder_that_is_given(tmp_path):
    (tmp_path / "css").mkdir()
    (tmp_path / "css" / "tokens.css").write_text("/* tokens */")
    with running_sandbox(static=tmp_path, home="http://localhost:1/") as sandbox:
        page = _get(sandbox, "/feed/").text
        assert 'href="/static/css/tokens.css"' in page
        assert 'href="http://localhost:1/"' in page
        assert _get(sandbox, "/static/css/tokens.css").text == "/* tokens */"
    with running_sandbox() as sandbox:
        assert "stylesheet" not in _get(sandbox, "/feed/").text
        assert _get(sandbox, "/static/css/tokens.css").status_code == 404
