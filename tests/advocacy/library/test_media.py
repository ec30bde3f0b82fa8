"""Pictures and videos are served to those who may see their item, with a fixed type."""

from datetime import timedelta

import pytest

from advocacy.people.roles import Role
from advocacy.web.runtime import runtime
from content.items import ItemState
from integrations.clock import now
from tests.advocacy.library.pictures import add_film, add_picture
from tests.advocacy.shares.making import make_item, make_person, queue

CLIP = bytes(range(256)) * 8


@pytest.fixture
def files(app):
    with app.app_context():
        return runtime().outside.files


def fetch(client, address, **headers):
    """The whole answer, its file closed."""
    with client.get(address, headers=headers) as answer:
        answer.get_data()
        return answer


@pytest.fixture
def film(session, files):
    media = add_film(
        session,
        files,
        CLIP,
        poster_name=files.put(b"poster", ".jpg"),
        captions_name=files.put(b"WEBVTT\n", ".vtt"),
        copy_640=files.put(b"small", ".webp"),
    )
    session.commit()
    return media


def test_each_file_has_its_own_fixed_type_and_stays_private(reader, film):
    for name, kind, content in (
        ("full", "video/mp4", CLIP),
        ("poster", "image/jpeg", b"poster"),
        ("captions", "text/vtt; charset=utf-8", b"WEBVTT\n"),
        ("640", "image/webp", b"small"),
    ):
        answer = fetch(reader, f"/media/{film.public_id}/{name}")
        assert answer.status_code == 200
        assert answer.headers["Content-Type"] == kind
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
        assert answer.headers["Cache-Control"].startswith("private")
        assert "sandbox" in answer.headers["Content-Security-Policy"]
        named = answer.headers["Content-Disposition"]
        assert named.startswith('inline; filename="video.')
        assert answer.data == content


def test_an_address_that_says_the_version_is_kept_for_good(
    reader, film, session, files
):
    address = f"/media/{film.public_id}/captions"
    versioned = f"{address}?v={film.version_of('captions')}"
    for_good = "private, max-age=31536000, immutable"
    assert _kept(fetch(reader, versioned)) == for_good
    assert _kept(fetch(reader, address)) == "private, max-age=86400"
    part = fetch(reader, versioned, Range="bytes=0-2")
    assert (part.status_code, part.data, _kept(part)) == (206, b"WEB", for_good)
    same = fetch(reader, versioned, **{"If-None-Match": f'"{film.captions_name}"'})
    assert (same.status_code, same.data) == (304, b"")
    film.captions_name = files.put(b"WEBVTT\n\nNew", ".vtt")
    session.commit()
    old = fetch(reader, versioned)
    assert (old.data, _kept(old)) == (b"WEBVTT\n\nNew", "private, max-age=86400")
    assert film.version_of("captions") not in versioned


def test_pages_show_media_by_addresses_with_their_versions(reader, film):
    front = reader.get("/").get_data(as_text=True)
    page = reader.get(f"/items/{film.item_id}").get_data(as_text=True)
    for part in ("poster", "640", "full", "captions"):
        address = f"/media/{film.public_id}/{part}?v={film.version_of(part)}"
        assert (f'"{address}' in front) or part in {"full", "captions"}
        assert address in page or part == "640"
        answer = fetch(reader, address)
        assert answer.status_code == 200
        assert "immutable" in _kept(answer)


def _kept(answer):
    return answer.headers["Cache-Control"]


@pytest.mark.parametrize(
    ("range_", "status", "content"),
    [
        ("bytes=0-9", 206, CLIP[:10]),
        ("bytes=2040-", 206, CLIP[2040:]),
        ("bytes=-8", 206, CLIP[-8:]),
        ("bytes=100-99999", 206, CLIP[100:]),
        ("bytes=5000-6000", 416, b""),
        ("bytes=0-9,20-29", 416, b""),
        ("bytes=9-0", 416, b""),
        ("lines=0-9", 416, b""),
        ("nonsense", 416, b""),
    ],
)
def test_one_range_at_a_time(reader, film, range_, status, content):
    answer = fetch(reader, f"/media/{film.public_id}/full", Range=range_)
    assert answer.status_code == status
    assert answer.data == content


@pytest.mark.parametrize("name", ["1280", "secret", "..", "full.mp4"])
def test_what_there_is_not_is_not_found(reader, film, name):
    assert reader.get(f"/media/{film.public_id}/{name}").status_code == 404
    assert reader.get(f"/media/{film.public_id}%00/{name}").status_code == 404


def test_a_file_that_is_gone_is_not_found(reader, film, files):
    files.remove(film.stored_name)
    assert reader.get(f"/media/{film.public_id}/full").status_code == 404


def test_strangers_sign_in_first(client, film):
    assert client.get(f"/media/{film.public_id}/full").status_code == 302


@pytest.mark.parametrize(
    "values",
    [
        {"state": ItemState.DRAFT},
        {"state": ItemState.WITHDRAWN},
        {"offered_at": now() + timedelta(days=1)},
        {"expires_at": now() - timedelta(seconds=1)},
    ],
)
def test_media_of_items_not_offered_are_for_editors_and_those_who_shared_them(
    app, session, files, me, browser_of, values
):
    item = make_item(session)
    media = add_picture(session, item, stored_name=files.put(b"picture", ".jpg"))
    editor = make_person(session)
    editor.role_names = [Role.COMMUNICATIONS.value]
    other = make_person(session)
    queue(session, me, item)
    for name, value in values.items():
        setattr(item, name, value)
    session.commit()
    address = f"/media/{media.public_id}/full"
    assert fetch(browser_of(me), address).status_code == 200
    assert fetch(browser_of(editor), address).status_code == 200
    assert browser_of(other).get(address).status_code == 404


def test_an_upload_without_an_item_is_for_editors(session, files, browser_of, me):
    media = add_picture(
        session, make_item(session), stored_name=files.put(b"picture", ".jpg")
    )
    media.item_id = None
    session.commit()
    assert browser_of(me).get(f"/media/{media.public_id}/full").status_code == 404
