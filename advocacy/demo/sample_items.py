"""The items of the sample organisation, read from the files in `items/`."""

import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parent / "items"
TOPICS = (
    ("grid", "Room on the grid", "Ruimte op het net"),
    ("safety", "Safe work", "Veilig werk"),
    ("nature", "Nature", "Natuur"),
    ("homes", "Homes and heat", "Wonen en warmte"),
    ("working", "Working here", "Werken bij ons"),
    ("technology", "New technology", "Nieuwe techniek"),
)
# Invented, with numbers that no page has.
ORGANISATIONS = (
    ("Kabelwerf Oudega", "990000000000001"),
    ("Warmtegilde Molenwijk", "990000000000002"),
)


@dataclass(frozen=True)
class SampleWording:
    """One suggestion."""

    angle: str
    language: str
    text: str


@dataclass(frozen=True)
class SamplePicture:
    """A drawing by its name, and what it shows."""

    name: str
    alt: str


@dataclass(frozen=True)
class SamplePage:
    """A page of the sample website, for links to lead to."""

    title: str
    description: str
    body: tuple[str, ...]
    language: str


@dataclass(frozen=True)
class SampleItem:
    """One item, its dates counted in days from today."""

    slug: str
    kind: str
    language: str
    title: str
    why: str
    goal: str
    topics: tuple[str, ...]
    wordings: tuple[SampleWording, ...]
    pictures: tuple[SamplePicture, ...]
    page: SamplePage | None
    film: str  # what the film shows, empty without one
    document: str  # what the document is about, empty without one
    disclosure_en: str
    disclosure_nl: str
    draft: bool
    pinned: bool
    offered_days_ago: int
    lasts_days: int


def sample_items() -> list[SampleItem]:
    """All of them, the oldest first."""
    items = [
        _read(file.stem, tomllib.loads(file.read_text(encoding="utf-8")))
        for file in sorted(FOLDER.rglob("*.toml"))
    ]
    return sorted(items, key=lambda item: (-item.offered_days_ago, item.slug))


def _read(slug: str, values: dict[str, Any]) -> SampleItem:
    return SampleItem(
        slug=slug,
        kind=values["kind"],
        language=values["language"],
        title=values["title"],
        why=values["why"],
        goal=values["goal"],
        topics=tuple(values["topics"]),
        wordings=tuple(
            SampleWording(one["angle"], one["language"], one["text"].strip())
            for one in values["wordings"]
        ),
        pictures=tuple(SamplePicture(**one) for one in values.get("pictures", ())),
        page=_page(values.get("page")),
        film=values.get("film", ""),
        document=values.get("document", ""),
        disclosure_en=values.get("disclosure_en", "I work at Veenstroom."),
        disclosure_nl=values.get("disclosure_nl", "Ik werk bij Veenstroom."),
        draft=values.get("state") == "draft",
        pinned=values.get("pinned", False),
        offered_days_ago=values.get("offered_days_ago", 0),
        lasts_days=values.get("lasts_days", 60),
    )


def _page(values: dict[str, Any] | None) -> SamplePage | None:
    if values is None:
        return None
    return SamplePage(
        title=values["title"],
        description=values["description"],
        body=tuple(values["body"]),
        language=values.get("lang", "en"),
    )
