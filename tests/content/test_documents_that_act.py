"""Documents that do more than show pages are refused; those that only look so are not."""

import zlib
from dataclasses import replace
from io import BytesIO

import pypdfium2
import pytest

from content import documents
from content.documents import check_document
from content.errors import MediaRefused
from tests.content.samples import pdf

SCRIPT = b"<< /S /JavaScript /JS (app.alert\\(1\\)) >>"
LAUNCH = b"<< /S /Launch /F (cmd.exe) >>"
HERE = b"/Rect [0 0 9 9]"


def checked(data, tmp_path):
    file = tmp_path / "sent"
    file.write_bytes(data)
    return check_document(file, "a.pdf", tmp_path)


def refused(data, tmp_path):
    with pytest.raises(MediaRefused) as caught:
        checked(data, tmp_path)
    return caught.value.code


def in_catalog(more):
    data = pdf(1).replace(b"/Type /Catalog", b"/Type /Catalog " + more, 1)
    assert more in data
    return data


def in_page(more):
    data = pdf(1).replace(b"/Type /Page\n", b"/Type /Page " + more + b"\n", 1)
    assert more in data
    return data


def annotated(more):
    return in_page(b"/Annots [<< /Type /Annot " + HERE + b" " + more + b" >>]")


ACTING = {
    "a script in the names": in_catalog(
        b"/Names << /JavaScript << /Names [(a) %s] >> >>" % SCRIPT
    ),
    "a script at opening": in_catalog(b"/OpenAction " + SCRIPT),
    "a program at opening": in_catalog(b"/OpenAction " + LAUNCH),
    "a script at closing": in_catalog(b"/AA << /WC %s >>" % SCRIPT),
    "a script behind a harmless step": in_catalog(
        b"/OpenAction << /S /GoTo /D [0 /Fit] /Next %s >>" % SCRIPT
    ),
    "a script in another spelling": in_catalog(
        b"/OpenAction << /S /J#61vaScrip#74 /#4aS (app.alert\\(1\\)) >>"
    ),
    "a page that runs a script": in_page(b"/AA << /O %s >>" % SCRIPT),
    "a link to a program": annotated(b"/Subtype /Link /A " + LAUNCH),
    "a link to another file": annotated(
        b"/Subtype /Link /A << /S /GoToR /F (//there/share/a.pdf) >>"
    ),
    "a field with a script": annotated(
        b"/Subtype /Widget /FT /Tx /AA << /K %s >>" % SCRIPT
    ),
    "a field that sends": annotated(
        b"/Subtype /Widget /FT /Btn /A << /S /SubmitForm /F (https://x.example) >>"
    ),
    "a player": annotated(b"/Subtype /Screen /A << /S /Rendition /JS (x) >>"),
    "a form of XML": in_catalog(b"/AcroForm << /Fields [] /XFA [(a) (b)] >>"),
    "a file on a page": annotated(
        b"/Subtype /FileAttachment /FS << /Type /Filespec /F (a) /EF << /F 1 0 R >> >>"
    ),
}


LINKS = {
    "a program": b"(javascript:alert\\(1\\))",
    "a program in hexadecimal": b"<6A617661736372697074 3A616C6572742831 29>",
    "a program with a gap": b"(java\\nscript:x)",
    "a file of the reader's": b"(FILE:///etc/passwd)",
    "a program in other letters": b"<FEFF006A006100760061007300630072006900700074003A>",
    "a program behind a mark": b"<EFBBBF6A6176617363726970743A>",
    "a file of another machine": b"(\\\\\\\\host\\\\share\\\\a.exe)",
    "what stands elsewhere": b"1 0 R",
}


@pytest.mark.parametrize("target", LINKS.values(), ids=LINKS.keys())
def test_a_link_to_anything_but_an_address_is_refused(target, tmp_path):
    link = annotated(b"/Subtype /Link /A << /S /URI /URI %s >>" % target)
    assert refused(link, tmp_path) == "more_than_pages"


def test_a_place_that_makes_files_of_all_links_is_refused(tmp_path):
    base = in_catalog(b"/URI << /Base (file:///C:/Windows/) >>")
    assert refused(base, tmp_path) == "more_than_pages"


@pytest.mark.parametrize(
    "target", [b"(https://x.example/a:b)", b"(mailto:a@x.example)", b"(x.example)"]
)
def test_a_link_to_an_address_is_taken(target, tmp_path):
    link = annotated(b"/Subtype /Link /A << /S /URI /URI %s >>" % target)
    assert checked(link, tmp_path).pages == 1


@pytest.mark.parametrize("data", ACTING.values(), ids=ACTING.keys())
def test_what_acts_is_refused(data, tmp_path):
    assert refused(data, tmp_path) == "more_than_pages"


def test_what_carries_another_file_is_refused(tmp_path):
    document = pypdfium2.PdfDocument(pdf(1))
    document.new_attachment("program.exe").set_data(b"MZ")
    out = BytesIO()
    document.save(out)
    assert refused(out.getvalue(), tmp_path) == "more_than_pages"


def packed(catalog):
    """A document whose catalog and pages stand in a packed stream, as newer ones do."""
    page = b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 99 99] >>"
    objects = [catalog, b"<< /Type /Pages /Count 1 /Kids [3 0 R] >>", page]
    places, body = [], b""
    for number, one in enumerate(objects, 1):
        places.append(b"%d %d" % (number, len(body)))
        body += one + b" "
    head = b" ".join(places) + b" "
    inside = zlib.compress(head + body)
    whole = b"%PDF-1.7\n"
    at_objects = len(whole)
    whole += b"4 0 obj << /Type /ObjStm /N 3 /First %d /Filter /FlateDecode" % len(head)
    whole += b" /Length %d >> stream\n%s\nendstream endobj\n" % (len(inside), inside)
    at_table = len(whole)
    rows = [(0, 0, 0), *((2, 4, row) for row in range(3)), (1, at_objects, 0)]
    rows.append((1, at_table, 0))
    table = b"".join(bytes([a]) + b.to_bytes(3) + bytes([c]) for a, b, c in rows)
    whole += b"5 0 obj << /Type /XRef /Size 6 /Root 1 0 R /W [1 3 1] /Length %d >>" % (
        len(table)
    )
    return whole + b" stream\n%s\nendstream endobj\nstartxref\n%d\n%%%%EOF\n" % (
        table,
        at_table,
    )


def test_what_acts_is_found_where_it_is_packed_away(tmp_path):
    plain = packed(b"<< /Type /Catalog /Pages 2 0 R >>")
    assert checked(plain, tmp_path).pages == 1
    acting = packed(b"<< /Type /Catalog /Pages 2 0 R /OpenAction %s >>" % SCRIPT)
    assert b"JavaScript" not in acting
    assert refused(acting, tmp_path) == "more_than_pages"


HARMLESS = {
    "a place to open at": in_catalog(b"/OpenAction [1 0 R /Fit]"),
    "a link to a website": annotated(
        b"/Subtype /Link /A << /S /URI /URI (https://veenstroom.example/Launch) >>"
    ),
    "a title that speaks of scripts": in_catalog(
        b"/Lang (nl) /PieceInfo << /Title (About /JavaScript and \\(/Launch) >>"
    ),
    "a form to fill in": in_catalog(b"/AcroForm << /Fields [] >>"),
    "a name that only begins so": in_catalog(b"/Launched true /XFAs 1"),
}


@pytest.mark.parametrize("data", HARMLESS.values(), ids=HARMLESS.keys())
def test_what_only_shows_is_taken(data, tmp_path):
    assert checked(data, tmp_path).pages == 1


@pytest.mark.parametrize("told", [1, 2, 40_000])
def test_pages_are_counted_whatever_the_document_says(told, tmp_path):
    data = pdf(3).replace(b"/Count 3", b"/Count %d" % told)
    assert checked(data, tmp_path).pages == 3


def test_more_pages_than_are_taken_are_counted_too(tmp_path):
    data = pdf(301).replace(b"/Count 301", b"/Count 1")
    assert refused(data, tmp_path) == "too_many_pages"


def written(*objects):
    """A document of these objects, numbered from 1; 1 is the catalog."""
    body = b"%PDF-1.4\n"
    for number, one in enumerate(objects, 1):
        body += b"%d 0 obj %s endobj\n" % (number, one)
    return body + b"trailer << /Root 1 0 R >>\n%%EOF\n"


CATALOG = b"<< /Type /Catalog /Pages 2 0 R >>"
PAGE = b"<< /Type /Page /MediaBox [0 0 99 99] /Annots [<< /Kids [9 0 R] >>] >>"


def test_a_tree_of_several_levels_is_counted_to_its_leaves(tmp_path):
    data = written(
        CATALOG,
        b"<< /Type /Pages /Count 1 /Kids 5 0 R >>",
        b"<< /Type /Pages /Count 1 /Kids [6 0 R 7 0 R] >>",
        PAGE,
        b"[3 0 R 4 0 R 99 0 R]",
        PAGE,
        PAGE,
    )
    assert checked(data, tmp_path).pages == 3


@pytest.mark.parametrize(
    "pages",
    [
        b"<< /Type /Pages /Count 2 /Kids [2 0 R 3 0 R] >>",
        b"<< /Type /Pages /Count 9 /Kids [3 0 R << /Type /Page >>] >>",
        b"<< /Type /Pages /Count 5 /Kids [] >>",
        b"[1 2 3]",
    ],
    ids=["its own child", "a page inside", "no page", "no tree"],
)
def test_a_tree_that_is_none_is_refused(pages, tmp_path):
    assert refused(written(CATALOG, pages, PAGE), tmp_path) == "unreadable"


def test_a_page_that_unpacks_to_more_than_there_is_room_for_is_refused(
    tmp_path, monkeypatch
):
    """Its drawing takes 400 megabytes and would go on for a minute."""
    few = replace(documents.LIMITS, memory=512 * 1024 * 1024, cpu_seconds=4)
    monkeypatch.setattr(documents, "LIMITS", few)
    packer = zlib.compressobj()
    piece = b"0 0 1 1 re f " * 80_000
    bomb = b"".join(packer.compress(piece) for _ in range(400)) + packer.flush()
    content = b"<< /Filter /FlateDecode /Length %d >> stream\n%s\nendstream"
    data = written(
        CATALOG,
        b"<< /Type /Pages /Count 1 /Kids [3 0 R] >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 99 99] /Contents 4 0 R >>",
        content % (len(bomb), bomb),
    )
    assert refused(data, tmp_path) in {"unreadable", "took_too_long"}
