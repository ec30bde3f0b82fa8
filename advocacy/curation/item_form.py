"""What the item's form holds, exactly as it was typed, so that it can be shown again."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from werkzeug.datastructures import MultiDict

from advocacy.shares.drafting import tidy

# What a new item starts with: one wording from each side (design: "Wordings to start from").
FIRST_ANGLES = ("expert", "team", "personal")
FILE_KINDS = ("picture", "video", "document")


@dataclass
class TypedWording:
    """One suggestion."""

    angle: str
    language: str
    text: str = ""


@dataclass
class TypedMedia:
    """A file that is stored already, by its public name, and its description."""

    public_id: str
    alt: str = ""


@dataclass
class ItemForm:
    """Every value of the form. Nothing is checked here and nothing is thrown away."""

    kind: str = "link"
    link: str = ""
    card_title: str = ""
    card_text: str = ""
    title: str = ""
    why: str = ""
    goal: str = ""
    language: str = "en"
    media: list[TypedMedia] = field(default_factory=list)
    refused: dict[str, str] = field(default_factory=dict)  # why, by kind of file
    captions: str = ""
    captions_language: str = ""
    transcript: str = ""
    nobody_speaks: bool = False
    wordings: list[TypedWording] = field(default_factory=list)
    disclosure_en: str = ""
    disclosure_nl: str = ""
    topics: list[str] = field(default_factory=list)
    appears: str = ""  # as a datetime-local box sends it, the organisation's clock
    leaves: str = ""  # as a date box sends it
    pinned: bool = False
    read_only: bool = False


def empty_form(language: str, disclosures: dict[str, str]) -> ItemForm:
    """What "New item" shows."""
    return ItemForm(
        language=language,
        captions_language=language,
        wordings=[TypedWording(angle, language) for angle in FIRST_ANGLES],
        disclosure_en=disclosures["en"],
        disclosure_nl=disclosures["nl"],
    )


def read_form(sent: MultiDict[str, str]) -> ItemForm:
    """The form as the browser sent it; lists travel as repeated names, in order."""

    def one(name: str, otherwise: str = "") -> str:
        return tidy(sent.get(name, otherwise))

    return ItemForm(
        kind=one("kind", "link"),
        link=one("link"),
        card_title=one("card_title"),
        card_text=one("card_text"),
        title=one("title"),
        why=one("why"),
        goal=one("goal"),
        language=one("language", "en"),
        media=[TypedMedia(*parts) for parts in _rows(sent, "media", "alt")],
        refused={kind: why for kind in FILE_KINDS if (why := one(f"refused_{kind}"))},
        captions=one("captions_text"),
        captions_language=one("captions_language"),
        transcript=one("transcript"),
        nobody_speaks="nobody_speaks" in sent,
        wordings=[
            TypedWording(*parts)
            for parts in _rows(sent, "angle", "wording_language", "wording")
        ],
        disclosure_en=one("disclosure_en"),
        disclosure_nl=one("disclosure_nl"),
        topics=_many(sent, "topic"),
        appears=one("appears"),
        leaves=one("leaves"),
        pinned="pinned" in sent,
        read_only="read_only" in sent,
    )


def _many(sent: MultiDict[str, str], name: str) -> list[str]:
    return [tidy(text) for text in sent.getlist(name)]


def _rows(sent: MultiDict[str, str], *names: str) -> Iterable[tuple[str, ...]]:
    """Boxes that stand side by side in each row of a list."""
    return zip(*(_many(sent, name) for name in names), strict=False)
