"""URNs that we make and read: members, organisations, uploaded media."""

import re

from integrations.errors import Refused

# LinkedIn's have some 40 characters; a far longer one is nothing to send back.
_URN = re.compile(r"urn:li:[!-~]{1,300}")


def author_of(member_id: str) -> str:
    """The member's URN: the one place that builds it, never from an empty id."""
    if not member_id:
        raise Refused("the member's id is missing", code="member")
    return f"urn:li:person:{member_id}"


def organization_of(organization_id: str) -> str:
    """An organisation's URN, from its number or from the URN itself."""
    number = organization_id.removeprefix("urn:li:organization:")
    if not re.fullmatch(r"[0-9]{1,20}", number):
        raise Refused("this is not an organisation's id", code="mention")
    return f"urn:li:organization:{number}"


def media_urn(urn: object) -> str:
    """The URN an answer names, or a refusal when it names none."""
    if not isinstance(urn, str) or not _URN.fullmatch(urn):
        raise Refused("LinkedIn's answer is not what we know", code="shape")
    return urn
