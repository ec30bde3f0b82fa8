"""What a form becomes on its way to a network: fields, and files beside them."""

from collections.abc import Iterator, Mapping
from secrets import token_hex
from urllib.parse import urlencode

Fields = Mapping[str, str]
# By field: name, content and type. Names and types are ours, nobody typed them.
Files = Mapping[str, tuple[str, bytes, str]]


def encoded_form(fields: Fields, files: Files | None = None) -> tuple[str, bytes]:
    """Its content type and its bytes (WHATWG URL, section 5; with files RFC 7578)."""
    if not files:
        return "application/x-www-form-urlencoded", urlencode(fields).encode()
    boundary = token_hex(16)  # so long that no content holds it by chance
    parts = list(_parts(fields, files))
    line = f"--{boundary}\r\n".encode()
    body = b"".join([*(line + part + b"\r\n" for part in parts), line[:-2], b"--\r\n"])
    return f"multipart/form-data; boundary={boundary}", body


def _parts(fields: Fields, files: Files) -> Iterator[bytes]:
    about = "Content-Disposition: form-data; name="
    for field, value in fields.items():
        yield f'{about}"{field}"\r\n\r\n{value}'.encode()
    for field, (name, content, kind) in files.items():
        head = f'{about}"{field}"; filename="{name}"\r\nContent-Type: {kind}\r\n\r\n'
        yield head.encode() + content
