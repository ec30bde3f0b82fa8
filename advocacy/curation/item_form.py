"""What the item's form holds, exactly as it was typed, so that it can be shown again."""

from dataclasses import dataclass, field

from werkzeug.datastructures import MultiDict

from advocacy.shares.drafting import tidy

# What a new item starts with: one wording from each side (design: "Wordings to start from").
FIRST_ANGLES = ("expert", "team", "personal")


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
    captions: str = ""
    captions_language: str = ""
    transcript: str = ""
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

    def many(name: str) -> list[str]:
        return [tidy(text) for text in sent.getlist(name)]

    wordings = zip(
        many("angle"), many("wording_language"), many("wording"), strict=False
    )
    media = zip(many("media"), many("alt"), strict=False)
    return ItemForm(
        kind=one("kind", "link"),
        link=one("link"),
        card_title=one("card_title"),
        card_text=one("card_text"),
        title=one("title"),
        why=one("why"),
        goal=one("goal"),
        language=one("language", "en"),
        media=[TypedMedia(public_id, alt) for public_id, alt in media],
        captions=one("captions_text"),
        captions_language=one("captions_language"),
        transcript=one("transcript"),
        wordings=[TypedWording(*parts) for parts in wordings],
        disclosure_en=one("disclosure_en"),
        disclosure_nl=one("disclosure_nl"),
        topics=many("topic"),
        appears=one("appears"),
        leaves=one("leaves"),
        pinned="pinned" in sent,
        read_only="read_only" in sent,
    )
