"""Which button on the writing desk does what."""

from collections.abc import Mapping

from advocacy.library import helping, sending, taking_along
from advocacy.library.press import Answer
from advocacy.people.speaking import language_pressed

BUTTONS: dict[str, Answer] = {
    "preview": helping.preview,
    "back": helping.take_back,
    "disclose": helping.disclose,
    "share": sending.share,
    "more": sending.one_more,
    "confirm": sending.confirm,
    "copy": taking_along.copy,
    "posted": taking_along.posted,
}


def button_pressed(sent: Mapping[str, str]) -> Answer:
    """Which button it was; an unknown one only looks."""
    if language_pressed():
        return helping.speak
    if "start" in sent:
        return helping.start
    if "show" in sent:
        return helping.show
    return BUTTONS.get(sent.get("do", ""), helping.preview)
