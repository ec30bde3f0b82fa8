"""How the server says no: Mastodon's statuses and sentences."""

from flask import Flask, jsonify
from flask.typing import ResponseReturnValue


class Refusal(Exception):
    """An answer other than success, with Mastodon's body."""

    def __init__(self, status: int, error: str, description: str = "") -> None:
        super().__init__(error)
        self.status = status
        self.body = {"error": error}
        if description:
            self.body["error_description"] = description


def invalid(what: str) -> Refusal:
    """A field holds something it may not."""
    return Refusal(422, f"Validation failed: {what}")


def not_found() -> Refusal:
    """Not there, or not yours: the server does not say which."""
    return Refusal(404, "Record not found")


def answer_refusals(app: Flask) -> None:
    """Turn them into JSON."""

    def answer(error: Exception) -> ResponseReturnValue:
        assert isinstance(error, Refusal)
        return jsonify(error.body), error.status

    app.register_error_handler(Refusal, answer)
