"""What a network's answers in a sign-on may hold: what is odd is refused, never stored."""

import re
import unicodedata

from integrations.errors import Refused

# Characters. LinkedIn's tokens have some 500, and it asks to plan for 1,000; a token goes
# along in the head of every request, where servers take 8 KiB for all of it.
LONGEST_TOKEN = 4000
# OpenID Connect Core 1.0, section 2: "MUST NOT exceed 255 ASCII characters".
LONGEST_MEMBER_ID = 255
# Nobody names a limit. A person's whole name has 64 in certificates (RFC 5280, appendix
# A.1, ub-common-name); people also write their job and their titles there.
LONGEST_NAME = 200
VISIBLE, VISIBLE_OR_SPACE = r"[!-~]+", r"[ -~]+"


def token_in(said: object) -> str:
    """An access token; nothing but what RFC 6750 lets stand in a header."""
    return _signs_of(VISIBLE, said, LONGEST_TOKEN, "shape")


def refresh_token_in(said: object) -> str:
    """It may hold spaces (RFC 6749, A.17): it never stands in a header."""
    return _signs_of(VISIBLE_OR_SPACE, said, LONGEST_TOKEN, "shape")


def member_id_in(said: object, code: str) -> str:
    """Whose account it is, as the network counts its members."""
    return _signs_of(VISIBLE, said, LONGEST_MEMBER_ID, code)


def scopes_in(said: object) -> frozenset[str]:
    """The granted scopes, however divided: one string with commas, mostly."""
    parts = said if isinstance(said, list) else [said or ""]
    text = " ".join(part for part in parts if isinstance(part, str))
    plain = all(isinstance(part, str) for part in parts)
    if not plain or not re.fullmatch(r"[ -~]*", text) or len(text) > LONGEST_TOKEN:
        raise _odd("scope")
    return frozenset(text.replace(",", " ").split())


def name_in(said: object) -> str:
    """What a member is called there, cut where it is longer than any name; may be empty.

    Refused with what no text in a database or a page can hold: a NUL or another control
    character, half a sign.
    """
    if not isinstance(said, str | None):
        raise _odd("name")
    name = " ".join((said or "").split())
    if any(unicodedata.category(sign) in {"Cc", "Cs"} for sign in name):
        raise _odd("name")
    return name[:LONGEST_NAME]


def _signs_of(signs: str, said: object, longest: int, code: str) -> str:
    if not isinstance(said, str) or len(said) > longest:
        raise _odd(code)
    if not re.fullmatch(signs, said):
        raise _odd(code)
    return said


def _odd(code: str) -> Refused:
    return Refused("the network's answer is not what we know", code=code)
