"""Media: whose they are, when they are ready, and which go together."""

import requests

from tests.integrations.linkedin.samples import make_film, make_picture
from tests.integrations.mastodon_sandbox.calling import call, post, upload
from tests.integrations.mastodon_sandbox.serving import running_mastodon


def test_media_are_their_owners_and_attached_once(sandbox, access, tmp_path):
    picture = make_picture(tmp_path)
    answer = upload(sandbox, access, picture, description="Noise")
    assert (answer.status_code, answer.json()["description"]) == (200, "Noise")
    media_id = answer.json()["id"]
    other = sandbox.access_for("Tjitske Rinsma")
    assert post(sandbox, other, media_ids=[media_id]).status_code == 422
    path = f"/api/v1/media/{media_id}"
    assert call(sandbox, other, "GET", path).status_code == 404
    assert call(sandbox, access, "GET", path).status_code == 200
    made = post(sandbox, access, "", media_ids=[media_id])
    address = made.json()["media_attachments"][0]["url"]
    assert requests.get(address, timeout=10).content == picture.read_bytes()
    assert post(sandbox, access, media_ids=[media_id]).status_code == 422
    assert call(sandbox, access, "GET", path).status_code == 404


def test_a_film_is_not_attached_before_it_is_ready(tmp_path):
    film = make_film(tmp_path, seconds=1, rate="1M")
    with running_mastodon(processing_seconds=60) as sandbox:
        access = sandbox.access_for("Ivo Terpstra")
        answer = upload(sandbox, access, film)
        assert (answer.status_code, answer.json()["url"]) == (202, None)
        media_id = answer.json()["id"]
        path = f"/api/v1/media/{media_id}"
        assert call(sandbox, access, "GET", path).status_code == 206
        refused = post(sandbox, access, media_ids=[media_id])
        assert "not finished processing" in refused.json()["error"]


def test_media_are_of_a_kind_a_size_and_a_number(sandbox, access, tmp_path):
    pictures = [make_picture(tmp_path, f"{n}.jpg") for n in range(5)]
    ids = [upload(sandbox, access, one).json()["id"] for one in pictures]
    film = upload(sandbox, access, make_film(tmp_path, seconds=1, rate="1M"))
    assert post(sandbox, access, media_ids=ids).status_code == 422
    mixed = [ids[0], film.json()["id"]]
    assert post(sandbox, access, media_ids=mixed).status_code == 422
    text = tmp_path / "text.jpg"
    text.write_text("no picture")
    assert upload(sandbox, access, text).status_code == 422
    endless = upload(sandbox, access, pictures[0], description="x" * 1501)
    assert endless.status_code == 422
    assert call(sandbox, access, "POST", "/api/v2/media").status_code == 422
