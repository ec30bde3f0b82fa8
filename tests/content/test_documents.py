"""Documents as people send them: counted, looked into, or refused with a reason."""

from io import BytesIO

import pytest

from content import documents
from content.documents import check_document
from content.errors import MediaRefused
from content.media import MediaKind
from content.uploads import Upload, add_document
from integrations.files import Files
from tests.content.samples import BLUE, decode, near, pdf


def refused(data, tmp_path, name="plan.pdf"):
    file = tmp_path / "sent"
    file.write_bytes(data)
    with pytest.raises(MediaRefused) as caught:
        check_document(file, name, tmp_path)
    return caught.value


def test_a_pdf_is_kept_as_it_came_with_its_pages_and_a_picture_of_the_first(
    session, tmp_path
):
    files, data = Files(tmp_path), pdf(3)
    media = add_document(session, files, Upload("Plan 2030.pdf", BytesIO(data)))

    assert (media.kind, media.pages) == (MediaKind.DOCUMENT, 3)
    assert media.content_type == "application/pdf"
    assert files.path(media.stored_name).read_bytes() == data
    assert media.size_bytes == len(data)
    first = decode(files.path(str(media.poster_name)).read_bytes())
    assert (first.width, first.height) == (media.width, media.height)
    assert near(first.getpixel((first.width // 2, first.height // 2)), BLUE)
    assert media.copy_640 is not None


def test_as_many_pages_as_linkedin_takes_and_not_one_more(tmp_path):
    file = tmp_path / "sent"
    file.write_bytes(pdf(300))
    assert check_document(file, "a.pdf", tmp_path).pages == 300
    error = refused(pdf(301), tmp_path)
    assert (error.code, error.facts) == ("too_many_pages", {"limit": 300})


def locked():
    """A PDF whose trailer names a standard lock."""
    key = b"<" + b"00" * 32 + b">"
    lock = b"<< /Filter /Standard /V 1 /R 2 /O %s /U %s /P -4 >>" % (key, key)
    plain = pdf(1)
    at = plain.rindex(b"trailer")
    return plain[:at] + plain[at:].replace(b"<<", b"<< /Encrypt " + lock, 1)


@pytest.mark.parametrize(
    ("data", "name", "code"),
    [
        (b"", "a.pdf", "not_a_document"),
        (b"words, only words", "a.pdf", "not_a_document"),
        (b"MZ" + b"\0" * 100, "a.pdf", "not_a_document"),
        (b"%PDF-1.7\nnothing of the sort\n%%EOF\n", "a.pdf", "unreadable"),
        (pdf(2)[:-400], "a.pdf", "truncated"),
        (pdf(1), "a.docx", "wrong_type"),
        (pdf(1), "a", "wrong_type"),
        (locked(), "a.pdf", "encrypted"),
    ],
    ids=["empty", "words", "program", "hollow", "cut", "docx", "no name", "locked"],
)
def test_what_is_no_plain_pdf_is_refused_with_the_reason(data, name, code, tmp_path):
    assert refused(data, tmp_path, name).code == code


def test_a_document_that_is_too_heavy_is_refused_before_it_is_opened(
    tmp_path, monkeypatch
):
    monkeypatch.setattr(documents, "LARGEST_DOCUMENT", 100)
    error = refused(pdf(1), tmp_path)
    assert (error.code, error.facts) == ("too_large", {"limit": 100})
