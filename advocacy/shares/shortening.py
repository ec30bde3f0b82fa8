"""The beginning of a text, where there is no room for all of it."""

LONGEST = 110  # about two lines of a list


def shortened(text: str, longest: int = LONGEST) -> str:
    """On one line, cut where a word ends; only a word that is too long itself is cut."""
    plain = " ".join(text.split())
    if len(plain) <= longest:
        return plain
    start = plain[: longest + 1].rpartition(" ")[0] or plain[:longest]
    return f"{start.rstrip(' ,;:–-')} …"
