"""What people see of the pretend network, without and with the product around it."""

import html
import json
import re
import time

import requests

from integrations.linkedin.client import LinkedIn
from integrations.network import Card, Document, Mention, Picture, PostDraft, Video
from tests.integrations.linkedin.samples import (
    CAPTIONS,
    make_document,
    make_film,
    make_picture,
)
from tests.integrations.linkedin_sandbox.publishing import publish
from tests.integrations.linkedin_sandbox.serving import running_sandbox


def _get(sandbox, path):
    return requests.get(f"{sandbox.address}{path}", timeout=10)


def test_an_empty_feed_says_so(sandbox):
    page = _get(sandbox, "/").text
    assert "Nothing received yet" in page
    assert page.count("<h1>") == 1


def test_a_posts_text_is_shown_and_its_addresses_can_be_clicked(sandbox):
    text = "See <b>https://veenstroom.example/l/k3?a=1&b=2</b>, or http://x.example/a."
    publish(sandbox, PostDraft(text))
    page = _get(sandbox, "/feed/").text
    links = [html.unescape(one) for one in re.findall(r'<p>.*?<a href="([^"]+)"', page)]
    assert links[0] == "https://veenstroom.example/l/k3?a=1&b=2"
    assert ">http://x.example/a</a>." in page
    assert "<b>" not in page


def test_an_organisation_that_is_mentioned_is_named(sandbox):
    mentions = [Mention("Veenstroom", "7")]
    publish(sandbox, PostDraft("At @Veenstroom, not @Nobody", mentions=mentions))
    page = _get(sandbox, "/feed/").text
    assert "At Veenstroom, not @Nobody" in page
    assert '>Mentions <a href="/company/7">Veenstroom</a><' in page


def test_an_organisations_page_shows_who_mentions_it(sandbox):
    mentions = [Mention("Veenstroom <Noord>", "7"), Mention("Netkade", "4242")]
    publish(sandbox, PostDraft("At @Veenstroom <Noord> today", mentions=mentions))
    publish(sandbox, PostDraft("Nobody in particular", mentions=mentions))
    page = _get(sandbox, "/company/7").text
    assert "<h1>Veenstroom &lt;Noord&gt;</h1>" in page
    assert "today" in page
    assert "Nobody in particular" not in page
    other = _get(sandbox, "/company/4242/")
    assert other.status_code == 200
    assert "<h1>Organisation 4242</h1>" in other.text
    assert "No post mentions it" in other.text
    assert _get(sandbox, "/company/netkade").status_code == 404


def test_a_card_opens_the_address_that_was_sent(sandbox, tmp_path):
    address = "https://advocacy.example/l/Zx9_k-1?y=2&z=3"
    card = Card(address, "The line", "Six years", make_picture(tmp_path))
    publish(sandbox, PostDraft("Read", card=card))
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
    publish(sandbox, PostDraft("1", pictures=[Picture(picture, "Grey & noise")]))
    publish(sandbox, PostDraft("2", video=Video(film, "Test film", captions)))
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


def test_several_pictures_a_document_and_a_still_are_shown(sandbox, tmp_path):
    picture, document = make_picture(tmp_path), make_document(tmp_path)
    shown = [Picture(picture, f"Noise {number}") for number in range(3)]
    publish(sandbox, PostDraft("Three", pictures=shown))
    publish(sandbox, PostDraft("Read", document=Document(document, "Year & book")))
    film = Video(make_film(tmp_path), "Test film", poster=picture)
    publish(sandbox, PostDraft("See", video=film))
    page = _get(sandbox, "/feed/").text
    assert re.findall(r'alt="(Noise \d)"', page) == ["Noise 0", "Noise 1", "Noise 2"]
    [still] = re.findall(r'<video controls[^>]* poster="([^"]+)"', page)
    assert _get(sandbox, still).content == picture.read_bytes()
    [read] = re.findall(r'<a class="feed-link" href="([^"]+)"', page)
    assert "<strong>Year &amp; book</strong>" in page
    assert ">PDF</span>" in page
    answer = _get(sandbox, read)
    assert answer.headers["Content-Type"] == "application/pdf"
    assert answer.content == document.read_bytes()
    plain = f"{still.removesuffix('/poster')}0/poster"
    assert _get(sandbox, plain).status_code == 404


def test_what_came_over_the_wire_is_shown_without_the_token(sandbox):
    linkedin = LinkedIn(sandbox.settings_for_client())
    access = sandbox.access_for("Ivo Terpstra")
    urn = linkedin.open_line(access).create(linkedin.prepare(access, PostDraft("(x)")))
    page = _get(sandbox, f"/feed/update/{urn}/").text
    assert "LinkedIn-Version: 202609" in page
    assert f"x-restli-id: {urn}" in page
    assert r"\\(x\\)" in page
    assert access.token not in page


def test_the_moment_is_the_machines_own_with_its_zone_named(sandbox, monkeypatch):
    monkeypatch.setenv("TZ", "Europe/Amsterdam")
    time.tzset()
    try:
        publish(sandbox, PostDraft("When?"))
        page = _get(sandbox, "/feed/").text
    finally:
        monkeypatch.undo()
        time.tzset()
    assert re.search(r"20\d\d, \d\d:\d\d:\d\d CES?T</time>", page)


def test_a_cut_text_is_pointed_out(caller, sandbox):
    caller.post(commentary="Read (this)")
    assert "The text was cut off" in _get(sandbox, "/feed/").text


def test_a_deleted_post_and_an_unknown_one_are_not_there(sandbox):
    urn = publish(sandbox, PostDraft("Soon away"))
    LinkedIn(sandbox.settings_for_client()).delete(
        sandbox.access_for("Ivo Terpstra"), urn
    )
    for one in (urn, "urn:li:share:1"):
        assert _get(sandbox, f"/feed/update/{one}/").status_code == 404
    assert "Soon away" not in _get(sandbox, "/feed/").text


def test_old_posts_are_on_further_pages(sandbox):
    for number in range(21):
        publish(sandbox, PostDraft(f"Post number {number:02d}"))
    first = _get(sandbox, "/feed/").text
    assert "Post number 20" in first
    assert "Post number 00" not in first
    assert 'href="?from=20"' in first
    assert "Post number 00" in _get(sandbox, "/feed/?from=20").text


def test_the_consent_screen_says_in_words_what_is_asked():
    with running_sandbox(members=("Ivo Terpstra", "Tjitske Rinsma")) as sandbox:
        page = _consent_screen(sandbox, state='"><script>')
    assert "post in your name, and delete those posts" in page
    assert "read your name and picture" not in page
    assert "localhost:8000" in page
    assert "<script>" not in page


def test_the_consent_screen_chooses_nobody_unless_it_was_told_who_asks():
    with running_sandbox(members=("Ivo Terpstra", "Tjitske Rinsma")) as sandbox:
        page = _consent_screen(sandbox)
        assert " checked" not in page
        assert "Nobody is chosen yet" in page
        told = _consent_screen(sandbox, login_hint="Tjitske Rinsma")
        assert 'value="Tjitske Rinsma" checked' in told
        assert "Nobody is chosen yet" not in told
        unknown = _consent_screen(sandbox, login_hint="Femke de Wit")
        assert " checked" not in unknown
        assert 'value="Femke de Wit"' in unknown


def _consent_screen(sandbox, **more):
    sandbox.settings_for_client("http://localhost:8000/back")
    asked = {
        "response_type": "code",
        "client_id": "pretend-client",
        "redirect_uri": "http://localhost:8000/back",
        "scope": "openid w_member_social",
    }
    address = f"{sandbox.address}/oauth/v2/authorization"
    return requests.get(address, params=asked | more, timeout=10).text


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
