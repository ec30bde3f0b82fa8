"""Forms on their way to a network, read by a library that is not ours."""

from contextlib import closing
from io import BytesIO

import pytest
from werkzeug.formparser import parse_form_data

from integrations.forms_sent import encoded_form

FIELDS = {"description": "Één net & nog één?\r\n--x=1+2 😀", "empty": ""}


def _read(kind, body):
    environ = {
        "REQUEST_METHOD": "POST",
        "CONTENT_TYPE": kind,
        "CONTENT_LENGTH": str(len(body)),
        "wsgi.input": BytesIO(body),
    }
    _stream, fields, files = parse_form_data(environ, silent=False)
    found = {}
    for field, file in files.items():
        with closing(file):
            found[field] = file.filename, file.read(), file.mimetype
    return fields.to_dict(), found


@pytest.mark.parametrize("files", [None, {}])
def test_fields_alone_arrive_as_they_were(files):
    kind, body = encoded_form(FIELDS, files)
    assert kind == "application/x-www-form-urlencoded"
    assert _read(kind, body)[0] == FIELDS


@pytest.mark.parametrize("fields", [FIELDS, {}])
def test_files_arrive_beside_them_to_the_last_byte(fields):
    content = bytes(range(256)) + b"\r\n--\r\n"
    sent = {
        "file": ("file.png", content, "image/png"),
        "thumbnail": ("file.jpg", b"", "image/jpeg"),
    }
    assert _read(*encoded_form(fields, sent)) == (fields, sent)


def test_no_two_forms_are_divided_by_the_same_line():
    kinds = {encoded_form({}, {"file": ("f", b"", "x/y")})[0] for _time in range(5)}
    assert len(kinds) == 5
