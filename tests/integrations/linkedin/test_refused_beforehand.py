"""What LinkedIn would refuse is refused before any call, so nothing is spent on it."""

import pytest

from integrations.errors import MediaRefused, Refused
from integrations.linkedin.client import LinkedIn
from integrations.linkedin.media_limits import LARGEST_DOCUMENT, LARGEST_VIDEO
from integrations.linkedin.post_check import check
from integrations.network import Access, Document, Mention, PostDraft, Video
from tests.integrations.linkedin.samples import make_document
from tests.integrations.linkedin.scripted import scripted


def _sparse(folder, size):
    """A file that says it is large, and takes no room."""
    file = folder / "large"
    with file.open("wb") as made:
        made.truncate(size)
    return file


def _code(draft):
    """The reason, after making sure that nobody was asked."""
    with scripted() as server:
        linkedin = LinkedIn(server.settings())
        with pytest.raises(Refused) as caught:
            linkedin.prepare(Access("the-token", "member1"), draft)
        assert server.asked == []
    return caught.value.code


def test_files_larger_than_linkedin_takes(tmp_path):
    video = Video(_sparse(tmp_path, LARGEST_VIDEO + 1), "Title")
    assert _code(PostDraft("x", video=video)) == "too_large"
    document = Document(_sparse(tmp_path, LARGEST_DOCUMENT + 1), "Title")
    assert _code(PostDraft("x", document=document)) == "too_large"
    with pytest.raises(MediaRefused):
        check(PostDraft("x", document=document))


@pytest.mark.parametrize("name", ["", " ", "Veen\nstroom", "Veenstroom\r"])
def test_a_mention_whose_name_is_none(name):
    assert _code(PostDraft("@x", mentions=[Mention(name, "1")])) == "mention"


def test_a_mention_of_something_that_is_no_organisation():
    draft = PostDraft("x", mentions=[Mention("x", "urn:li:person:1")])
    assert _code(draft) == "mention"


def test_two_kinds_of_media(tmp_path):
    document = Document(make_document(tmp_path), "Title")
    video = Video(document.file, "Title")
    assert _code(PostDraft("x", video=video, document=document)) == "media"
