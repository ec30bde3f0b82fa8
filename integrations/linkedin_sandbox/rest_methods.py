"""The Rest.li method: said in a header, and right for the address."""

from flask import request

from integrations.linkedin_sandbox.refusals import Refusal


def check_method(name: str, *, required: bool = False) -> None:
    """Refuse a call whose header says another method, or none where it must."""
    given = request.headers.get("X-RestLi-Method")
    if given != name and (given or required):
        message = "Resource method could not be resolved from request parameters."
        raise Refusal(400, message, "ILLEGAL_ARGUMENT")
