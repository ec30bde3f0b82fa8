"""A video that LinkedIn works on for longer than a try lasts is not sent a second time."""

import os
from dataclasses import replace

import pytest

from integrations.errors import NotDone, Refused
from integrations.linkedin.client import LinkedIn
from integrations.linkedin.pending_videos import MOST, PendingVideos, key_of
from integrations.network import PostDraft, Video
from tests.integrations.linkedin.samples import CAPTIONS, make_film
from tests.integrations.linkedin_sandbox.serving import HASTY, running_sandbox


@pytest.fixture
def film(tmp_path):
    return make_film(tmp_path)


@pytest.fixture
def slow():
    """A network that is not ready in time."""
    with running_sandbox(processing_seconds=600) as sandbox:
        yield sandbox


@pytest.fixture
def hasty(slow):
    return LinkedIn(slow.settings_for_client(patience=replace(HASTY, video=(0.01,))))


@pytest.fixture
def draft(film):
    return PostDraft("See", video=Video(film, "Title"))


def _not_in_time(linkedin, access, draft):
    with pytest.raises(NotDone) as caught:
        linkedin.prepare(access, draft)
    assert (caught.value.code, caught.value.wait) == ("processing", 300)


def _set(sandbox, **changes):
    memory = sandbox.memory
    memory.settings = replace(memory.settings, **changes)


def test_the_next_try_asks_for_the_one_that_is_there(slow, hasty, draft):
    access = slow.access_for("Ivo Terpstra")
    for _ in range(3):
        _not_in_time(hasty, access, draft)
        assert len(slow.memory.assets) == 1
    _set(slow, processing_seconds=0)
    hasty.open_line(access).create(hasty.prepare(access, draft))
    assert len(slow.posts()) == 1
    assert len(slow.memory.assets) == 1
    # Used once: another post shows another upload.
    hasty.prepare(access, draft)
    assert len(slow.memory.assets) == 2


def test_one_that_failed_meanwhile_is_refused_and_forgotten(slow, hasty, draft):
    access = slow.access_for("Ivo Terpstra")
    _not_in_time(hasty, access, draft)
    _set(slow, processing_seconds=0, media_fail=True)
    with pytest.raises(Refused) as caught:
        hasty.prepare(access, draft)
    assert caught.value.code == "PROCESSING_ERROR"
    _set(slow, media_fail=False)
    hasty.prepare(access, draft)
    assert len(slow.memory.assets) == 2


def test_one_that_linkedin_no_longer_knows_is_sent_again(slow, hasty, draft):
    access = slow.access_for("Ivo Terpstra")
    _not_in_time(hasty, access, draft)
    slow.memory.forget_posts()
    _set(slow, processing_seconds=0)
    hasty.prepare(access, draft)
    assert len(slow.memory.assets) == 1


def test_another_member_or_process_sends_its_own(slow, hasty, draft):
    access = slow.access_for("Ivo Terpstra")
    _not_in_time(hasty, access, draft)
    _not_in_time(hasty, slow.access_for("Tjitske Rinsma"), draft)
    patience = replace(HASTY, video=(0.01,))
    other = LinkedIn(slow.settings_for_client(patience=patience))
    _not_in_time(other, access, draft)
    assert len(slow.memory.assets) == 3


def test_other_files_are_another_video(film, tmp_path):
    captions = tmp_path / "film.vtt"
    captions.write_text(CAPTIONS)
    video = Video(film, "Title", captions)
    key = key_of("one", video)
    assert key == key_of("one", replace(video, title="Another title"))
    assert key != key_of("two", video)
    assert key != key_of("one", replace(video, captions=None))
    assert key != key_of("one", replace(video, captions=None, poster=captions))
    os.utime(film, (1, 1))
    assert key != key_of("one", video)


def test_only_so_many_are_remembered():
    pending = PendingVideos()
    for number in range(MOST + 1):
        pending.keep((number,), f"urn:li:video:{number}")
    assert pending.take((0,)) is None
    assert pending.take((MOST,)) == f"urn:li:video:{MOST}"
    assert pending.take((MOST,)) is None
