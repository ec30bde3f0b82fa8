"""The PDF says what the page says, can be read aloud, and cannot be broken by a name."""

import re
from dataclasses import replace
from datetime import timedelta
from itertools import pairwise

import pypdfium2
import pytest
from pypdfium2 import raw

from advocacy.council import typeset
from advocacy.council.report import report
from content.limited import TookTooLong
from integrations.clock import clock_at, now
from tests.advocacy.council.reading import flat, sentences

LANGUAGES = ("en", "nl")
A4 = (595, 842)


@pytest.fixture
def settings(settings):
    return replace(settings, organisation='Veen #1 *$x$* _y_ [z] @q "\\" <b> é{page}')


@pytest.fixture(params=LANGUAGES)
def language(request):
    return request.param


@pytest.fixture(scope="module")
def made_before():
    """By language: it is the same for everybody, so one is made for many tests."""
    return {}


@pytest.fixture
def pdf(read, language, made_before):
    if language not in made_before:
        made_before[language] = read("pdf", language).data
    document = pypdfium2.PdfDocument(made_before[language])
    yield document
    document.close()


def texts(pdf):
    """Of each page, without spaces: where lines are broken is the layout's business."""
    return [
        "".join(page.get_textpage().get_text_range().replace("\ufffe", "").split())
        for page in pdf
    ]


def test_it_says_every_sentence_of_the_report(app, session, settings, pdf, language):
    with app.test_request_context(headers={"Accept-Language": language}):
        made = report(session, settings)
    said = "".join(texts(pdf))
    foot = "".join(f"{made.organisation}, {made.day}".split())
    said = re.sub(re.escape(foot) + r"(Page|Pagina)\d+(of|van)\d+", "", said)
    missing = [one for one in sentences(made) if "".join(one.split()) not in said]
    assert missing == []


def test_its_outline_is_the_contents_of_the_page(pdf, read, language):
    page = read(language=language).text
    headings = [flat(one) for one in re.findall(r"<h2 id=.*?</h2>", page)][1:]
    assert [one.get_title() for one in pdf.get_toc()] == headings
    assert len(headings) == 9


def test_every_page_is_numbered(pdf, language):
    of = {"en": "Page{}of{}", "nl": "Pagina{}van{}"}[language]
    for number, text in enumerate(texts(pdf), 1):
        assert of.format(number, len(pdf)) in text
    assert [round(one) for one in pdf[0].get_size()] == list(A4)


def test_it_can_be_read_aloud(pdf, language, settings):
    assert raw.FPDFCatalog_IsTagged(pdf)
    size = raw.FPDFCatalog_GetLanguage(pdf, None, 0)
    said = (raw.FPDF_WCHAR * (size // 2))()
    raw.FPDFCatalog_GetLanguage(pdf, said, size)
    assert bytes(said).decode("utf-16-le").rstrip("\0") == language
    title = pdf.get_metadata_dict()["Title"]
    assert settings.organisation in title


def test_nothing_stands_outside_its_page_or_on_top_of_another(pdf):
    for page in pdf:
        boxes = [one.get_bounds() for one in page.get_objects([raw.FPDF_PAGEOBJ_TEXT])]
        assert boxes
        assert min(left for left, *_ in boxes) > 50
        assert max(right for *_, right, _top in boxes) < A4[0] - 50
    assert all(one != other for one, other in pairwise(texts(pdf)))


def test_it_is_the_same_all_day(app, session, settings):
    noon = now().replace(hour=12)
    with app.test_request_context():
        made = report(session, settings)
        at = {}
        for hours in (0, 3, 24):
            with clock_at(noon + timedelta(hours=hours)):
                at[hours] = typeset.pdf_of(made)
    assert at[0] == at[3]
    assert at[0] != at[24]


@pytest.mark.parametrize("name", ["中文", "Veen 😀"])
def test_a_name_in_letters_that_no_font_has_is_no_obstacle(
    app, session, settings, name
):
    with app.test_request_context():
        made = report(session, replace(settings, organisation=name))
        assert typeset.pdf_of(made).startswith(b"%PDF")


def test_it_takes_little_of_the_machine(read, monkeypatch):
    """Address space is more than memory: threads and libraries are mapped, not filled."""
    little = replace(typeset.LIMITS, memory=512 * 1024 * 1024, cpu_seconds=5)
    monkeypatch.setattr(typeset, "LIMITS", little)
    assert read("pdf").status_code == 200


def test_a_child_that_fails_or_hangs_is_no_file(app, session, settings, monkeypatch):
    with app.test_request_context():
        made = report(session, settings)
        hurry = replace(typeset.LIMITS, seconds=0.01)
        monkeypatch.setattr(typeset, "LIMITS", hurry)
        with pytest.raises(TookTooLong):
            typeset.pdf_of(made)
        small = replace(typeset.LIMITS, seconds=15, file_bytes=1000)
        monkeypatch.setattr(typeset, "LIMITS", small)
        with pytest.raises(typeset.NotSet):
            typeset.pdf_of(made)
