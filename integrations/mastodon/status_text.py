"""A status's text: plain, with addresses, handles and tags that Mastodon finds itself."""

import re
from collections.abc import Sequence

from integrations.network import Mention, PostDraft

LIMIT = 500
# Mastodon counts every address as so many, whatever its length.
ADDRESS_LENGTH = 23

# The characters that Mastodon too takes for a part of the address; what follows others
# is counted one by one, which is never less.
_ADDRESS = re.compile(
    r"https?://[\w.-]+\.[^\W\d_]{2,}(?::\d+)?(?:[/?#][\w.~:/?#@!$&*+,;=%-]*)?"
)
_ENDS_A_SENTENCE = ".,;:!?"
_HANDLE = re.compile(r"@(?P<name>\w+)@[\w.-]+\w", re.ASCII)


def length(text: str, mentions: Sequence[Mention] = ()) -> int:
    """The length as Mastodon counts it, or more, never less.

    Mastodon counts what a reader sees as one character; some of these are several here.
    """
    text = _with_handles(text.replace("\r\n", "\n"), mentions)
    text = _ADDRESS.sub(_placeholder, text)
    return len(_HANDLE.sub(r"@\g<name>", text))


def _placeholder(match: re.Match[str]) -> str:
    address = match[0].rstrip(_ENDS_A_SENTENCE)
    return "x" * ADDRESS_LENGTH + match[0][len(address) :]


def text_of(draft: PostDraft) -> str:
    """The text as it is sent. A card's link stands in it: Mastodon makes the card."""
    text = _with_handles(draft.text.replace("\r\n", "\n"), draft.mentions)
    if draft.card is None or draft.card.address in text:
        return text
    return f"{text}\n\n{draft.card.address}" if text else draft.card.address


def _with_handles(text: str, mentions: Sequence[Mention]) -> str:
    """`@name` as the handle; without the @ where this network has none for it."""
    known = {mention.name: _shown(mention) for mention in mentions}
    if not known:
        return text
    names = "|".join(re.escape(name) for name in sorted(known, key=len, reverse=True))
    return re.sub(rf"@({names})(?!\w)", lambda match: known[match[1]], text)


def _shown(mention: Mention) -> str:
    handle = f"@{mention.id.removeprefix('@')}"
    return handle if _HANDLE.fullmatch(handle) else mention.name
