"""How the network says no: LinkedIn's statuses, codes and sentences."""

from typing import Any

from flask import Flask, jsonify
from flask.typing import ResponseReturnValue


class Refusal(Exception):
    """An answer other than success, with LinkedIn's body."""

    def __init__(self, status: int, message: str, code: str = "", **more: Any) -> None:
        super().__init__(message)
        self.status = status
        self.body = {"status": status, "message": message, **more}
        if code:
            self.body["code"] = code


class SignOnRefusal(Exception):
    """The same for OAuth, which has a shape of its own."""

    def __init__(self, status: int, error: str, description: str) -> None:
        super().__init__(description)
        self.status = status
        self.body = {"error": error, "error_description": description}


def missing(field: str) -> Refusal:
    """A required field is not there."""
    return Refusal(400, f"Missing required field: {field}", "MISSING_FIELD")


def invalid(field: str, code: str = "INVALID_VALUE_FOR_FIELD") -> Refusal:
    """A field holds something it may not."""
    return Refusal(400, f"Invalid value for field: {field}", code)


def duplicate(urn: str) -> Refusal:
    """The same post stands there already."""
    error = Refusal(
        422,
        "com.linkedin.content.common.exception.BadRequestResponseException: "
        f"Content is a duplicate of {urn}",
        errorDetailType="com.linkedin.common.error.BadRequest",
    )
    entry = {
        "description": "Duplicate post is detected",
        "input": {},
        "code": "DUPLICATE_POST",
    }
    error.body["errorDetails"] = {"inputErrors": [entry]}
    return error


def day_limit(level: str) -> Refusal:
    """The calls of this day are used up."""
    return Refusal(
        429,
        f"Resource level throttle {level} DAY limit for calls to this resource is "
        "reached.",
        "TOO_MANY_REQUESTS",
        serviceErrorCode=101,
    )


def forbidden(what: str) -> Refusal:
    """Not yours, or not readable with this permission."""
    return Refusal(
        403,
        f"Accessing {what} resource is forbidden. "
        "Please check your permissions for this resource",
        "ACCESS_DENIED",
    )


def revoked() -> Refusal:
    """The token was taken back."""
    return Refusal(
        401,
        "The token used in the request has been revoked by the user",
        "REVOKED_ACCESS_TOKEN",
        serviceErrorCode=65601,
    )


def answer_refusals(app: Flask) -> None:
    """Turn both kinds into JSON."""

    def answer(error: Exception) -> ResponseReturnValue:
        assert isinstance(error, Refusal | SignOnRefusal)
        return jsonify(error.body), error.status

    app.register_error_handler(Refusal, answer)
    app.register_error_handler(SignOnRefusal, answer)
