"""Answers that are not what anybody asked for."""

import pytest

from integrations.http_messages import Answer


@pytest.mark.parametrize(
    "body", [b"", b"<html>", b"[1]", b"\xff", b"[" * 200_000, b'"text"']
)
def test_what_is_no_object_says_nothing(body):
    assert Answer(200, {}, body).said() == {}
