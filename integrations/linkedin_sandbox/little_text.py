"""Reading little text as LinkedIn does: it stops where a reserved character misfits."""

import re

RESERVED = set("\\|{}@[]()<>#*_~")

_WORD = r"(?:[^\\|{}@\[\]()<>#*_~\s]|\\[\\|{}@\[\]()<>#*_~])+"
_TEMPLATE = re.compile(rf"\{{hashtag\|\\?(#|＃)\|({_WORD})\}}")
_MENTION = re.compile(
    r"@\[((?:[^\\\[\]]|\\.)+)\]\(urn:li:(person|organization):([\w-]+)\)"
)
_HASHTAG = re.compile(r"#\w+")


def shown(wire: str) -> tuple[str, int | None]:
    """The text as members see it, and where it was cut off (None: nowhere)."""
    out: list[str] = []
    at = 0
    while at < len(wire):
        character = wire[at]
        if character not in RESERVED:
            out.append(character)
            at += 1
        elif character == "\\" and wire[at + 1 : at + 2] in RESERVED:
            out.append(wire[at + 1])
            at += 2
        elif found := _element(wire, at):
            out.append(found[0])
            at = found[1]
        else:
            return "".join(out), at
    return "".join(out), None


def mentioned(wire: str) -> list[str]:
    """Whom the text names, as far as it is shown."""
    _, cut_at = shown(wire)
    return [_plain(match[1]) for match in _MENTION.finditer(wire[:cut_at])]


def organisations(wire: str) -> dict[int, str]:
    """The organisations among them: names by number."""
    _, cut_at = shown(wire)
    return {
        int(match[3]): _plain(match[1])
        for match in _MENTION.finditer(wire[:cut_at])
        if match[2] == "organization" and match[3].isdecimal()
    }


def _element(wire: str, at: int) -> tuple[str, int] | None:
    """A hashtag or a mention that begins here, and where it ends."""
    if match := _TEMPLATE.match(wire, at):
        return match[1] + _plain(match[2]), match.end()
    if match := _MENTION.match(wire, at):
        return _plain(match[1]), match.end()
    if match := _HASHTAG.match(wire, at):
        return match[0], match.end()
    return None


def _plain(escaped: str) -> str:
    return re.sub(r"\\(.)", r"\1", escaped)


def units(wire: str) -> int:
    """Its length in UTF-16 units."""
    return len(wire.encode("utf-16-le", "surrogatepass")) // 2
