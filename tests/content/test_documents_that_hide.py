"""What a document hides from whoever searches it by how its text looks is found too."""

from dataclasses import replace

import pytest

from content import documents
from content.documents import check_document
from content.errors import MediaRefused

SCRIPT = b"<< /S /JavaScript /JS (app.alert\\(1\\)) >>"
LAUNCH = b"<< /S /Launch /F (cmd.exe) >>"
CARRIED = b"<< /Type /Filespec /F (a) /EF << /F 6 0 R >> >>"
HARMLESS = b"<< /S /GoTo /D [3 0 R /Fit] >>"


def with_table(*objects):
    """A document of these objects, numbered from 1; 1 is the catalog."""
    whole, places = b"%PDF-1.7\n", []
    for number, one in enumerate(objects, 1):
        places.append(len(whole))
        whole += b"%d 0 obj\n%s\nendobj\n" % (number, one)
    rows = b"".join(b"%010d 00000 n \n" % place for place in places)
    table = b"xref\n0 %d\n0000000000 65535 f \n" % (len(places) + 1) + rows
    ends = b"trailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n"
    return whole + table + ends % (len(places) + 1, len(whole))


def stream(data, about=b"", length=None):
    length = length or b"%d" % len(data)
    return b"<< %s /Length %s >>\nstream\n%s\nendstream" % (about, length, data)


def behind(hiding, action, more=b""):
    """The action is object 5, behind an object that may swallow it."""
    return with_table(
        b"<< /Type /Catalog /Pages 2 0 R /OpenAction 5 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 300 300] /Contents 6 0 R"
        b" /Here 4 0 R %s >>" % more,
        hiding,
        action,
        stream(b"30 30 20 20 re f"),
        b"27",
    )


AS_IT_IS = b"/Filter /ASCIIHexDecode"
ENDS_EARLY = b"78>\r\nendstream stream\r\n"
OBJECTS = b"78>\r\nendstream\r\nendobj\r\n9 0 obj\r\n<<>>stream\r\n"
HIDING = {
    "data that ends a stream and begins one": stream(ENDS_EARLY[:-2], AS_IT_IS),
    "the same with a line's end": stream(ENDS_EARLY, AS_IT_IS),
    "data with a whole object in it": stream(OBJECTS, AS_IT_IS),
    "data with a table in it": stream(
        b"78>\r\nendstream\r\nendobj\r\nxref\r\n0 1\r\n0000000000 65535 f\r\n"
        b"trailer\r\n<</Root 1 0 R>>\r\nstartxref\r\n9\r\n%%EOF\r\n",
        AS_IT_IS,
    ),
    "a length that stands elsewhere": stream(
        b"78>\r\nendstream stream\r\n   "[:27], AS_IT_IS, b"7 0 R"
    ),
    "a dictionary that names another length first": stream(
        ENDS_EARLY, AS_IT_IS + b" /DecodeParms << /Length 3 >>"
    ),
    "a text that looks like a stream": b"<< /T (stream\\r\\n \\) endobj >> stream) >>",
    "a text with a line's end": b"<< /T (>>stream\r\n\r\nendobj\r\n) >>",
    "a text in hexadecimal": b"<< /T <3E3E73747265616D0D0A> >>",
    "a name of odd letters": b"<< /#3E#3Estream#0D#0A (x) /#28 1 >>",
}


def refused(data, tmp_path):
    file = tmp_path / "sent"
    file.write_bytes(data)
    with pytest.raises(MediaRefused) as caught:
        check_document(file, "a.pdf", tmp_path)
    return caught.value.code


@pytest.mark.parametrize("action", [SCRIPT, LAUNCH, CARRIED])
@pytest.mark.parametrize("hiding", HIDING.values(), ids=HIDING.keys())
def test_nothing_before_it_hides_what_acts(hiding, action, tmp_path):
    assert refused(behind(hiding, action), tmp_path) == "more_than_pages"


@pytest.mark.parametrize("hiding", HIDING.values(), ids=HIDING.keys())
def test_what_looks_odd_and_hides_nothing_is_taken(hiding, tmp_path):
    file = tmp_path / "sent"
    file.write_bytes(behind(hiding, HARMLESS))
    assert check_document(file, "a.pdf", tmp_path).pages == 1


def test_a_text_in_the_trailer_is_no_tree_of_pages(tmp_path):
    data = behind(b"<< >>", HARMLESS)
    file = tmp_path / "sent"
    file.write_bytes(data.replace(b"/Root", b"/Odd (/Root 99 0 R) /Root"))
    assert check_document(file, "a.pdf", tmp_path).pages == 1


def test_a_document_has_less_than_twenty_seconds():
    """Somebody waits for the answer, and a place of the web's is taken as long."""
    assert documents.LIMITS.seconds < 20
    assert documents.LIMITS.cpu_seconds < documents.LIMITS.seconds


def test_a_document_that_would_be_mended_for_minutes_is_ended(tmp_path, monkeypatch):
    short = replace(documents.LIMITS, cpu_seconds=1)
    monkeypatch.setattr(documents, "LIMITS", short)
    begun = b"%PDF-1.7\n" + b"1 0 obj<</Length 5>>stream\n" * 100_000 + b"%%EOF\n"
    assert refused(begun, tmp_path) == "took_too_long"
