"""What a call carries, read without ever failing on it."""

from typing import Any

from flask import abort, request


def parsed() -> Any:
    """The JSON of the call; None where there is none, or none that can be read."""
    try:
        return request.get_json(silent=True)
    except RecursionError:  # brackets within brackets
        return None


def said() -> dict[str, Any]:
    """What a program says as a JSON object, and a person with a form."""
    if not request.is_json or not request.content_length:
        return request.form.to_dict()
    body = parsed()
    if not isinstance(body, dict):
        abort(400, description="what is sent must be a JSON object")
    return body
