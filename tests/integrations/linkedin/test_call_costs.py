"""What a post costs of the day's calls: what is reckoned beforehand, and what arrives."""

from collections import Counter

import pytest
from flask import request

from integrations.errors import NotDone
from integrations.linkedin.client import LinkedIn
from integrations.network import Card, DayLimits, Document, Picture, PostDraft, Video
from tests.integrations.linkedin.samples import (
    CAPTIONS,
    make_document,
    make_film,
    make_picture,
)
from tests.integrations.linkedin_sandbox.serving import HASTY, running_sandbox

LOOKS = HASTY.looks


@pytest.fixture(scope="module")
def drafts(tmp_path_factory):
    """One post of each kind, by name."""
    folder = tmp_path_factory.mktemp("media")
    picture, film = make_picture(folder), make_film(folder)
    captions = folder / "film.vtt"
    captions.write_text(CAPTIONS)
    bare, shown = Card("https://x.example/", "Title", ""), Picture(picture, "Noise")
    with_picture = Card("https://x.example/", "Title", "", picture)
    return {
        "text": PostDraft("Words"),
        "card": PostDraft("Read", card=bare),
        "card with a picture": PostDraft("Read", card=with_picture),
        "picture": PostDraft("See", pictures=[shown]),
        "two pictures": PostDraft("See", pictures=[shown] * 2),
        "twenty pictures": PostDraft("See", pictures=[shown] * 20),
        "document": PostDraft("Read", document=Document(make_document(folder), "T")),
        "video": PostDraft("See", video=Video(film, "T")),
        "video with all": PostDraft("See", video=Video(film, "T", captions, picture)),
    }


def _counted(sandbox):
    """Every call that reaches the network, by method and the kind of its address."""
    calls = Counter()

    def count():
        if request.path.startswith(("/rest/", "/dms-uploads/")):
            calls[request.method, request.path.split("/")[1]] += 1

    sandbox.app.before_request(count)
    return calls


@pytest.mark.parametrize(
    ("kind", "cost"),
    [
        ("text", 1),
        ("card", 1),
        ("card with a picture", 3),
        ("picture", 3),
        ("two pictures", 5),
        ("twenty pictures", 41),
        ("document", 3),
        # Announce, two parts, finish; the most looks; create.
        ("video", 2 + 2 + LOOKS + 1),
        ("video with all", 2 + 2 + 2 + LOOKS + 1),
    ],
)
def test_the_reckoning_is_what_the_network_counts(sandbox, drafts, kind, cost):
    calls = _counted(sandbox)
    linkedin = LinkedIn(sandbox.settings_for_client())
    access = sandbox.access_for("Ivo Terpstra")
    draft = drafts[kind]
    assert linkedin.calls_for(draft) == cost
    linkedin.open_line(access).create(linkedin.prepare(access, draft))
    # This network is ready at the first look.
    not_needed = LOOKS - 1 if draft.video else 0
    assert calls.total() == cost - not_needed
    assert calls["GET", "rest"] == bool(draft.video)


def test_a_video_is_not_looked_at_more_often_than_was_reckoned(drafts):
    with running_sandbox(processing_seconds=60) as sandbox:
        calls = _counted(sandbox)
        linkedin = LinkedIn(sandbox.settings_for_client())
        draft = drafts["video with all"]
        with pytest.raises(NotDone) as caught:
            linkedin.prepare(sandbox.access_for("Ivo Terpstra"), draft)
        assert caught.value.code == "processing"
        # All but the create call.
        assert calls.total() == linkedin.calls_for(draft) - 1
        assert calls["GET", "rest"] == LOOKS


def test_the_limits_are_those_of_an_app_that_anybody_can_have(linkedin):
    assert linkedin.day_limits == DayLimits(member=150, app=100_000)
    assert linkedin.most_pictures == 20
    assert not linkedin.repeat_is_safe
