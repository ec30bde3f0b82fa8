"""What somebody asked the library for, read from the address."""

from collections.abc import Mapping
from dataclasses import dataclass

from content.items import ItemKind

LONGEST_WORDS = 200


@dataclass(frozen=True)
class Asked:
    """Words, a topic, a kind, and where the page begins."""

    words: str = ""
    topic: str = ""
    kind: ItemKind | None = None
    before: str = ""

    @classmethod
    def read(cls, sent: Mapping[str, str]) -> "Asked":
        """What does not make sense is left out; a page comes in any case."""
        kind = sent.get("kind", "")
        return cls(
            words=sent.get("q", "").replace("\0", "").strip()[:LONGEST_WORDS],
            topic=sent.get("topic", "").replace("\0", "")[:64],
            kind=ItemKind(kind) if kind in set(ItemKind) else None,
            before=sent.get("before", "")[:64],
        )

    @property
    def for_nothing(self) -> bool:
        """Whether it is the plain front page."""
        return not (self.words or self.topic or self.kind or self.before)

    def address(self, **changed: str) -> dict[str, str]:
        """The parts of an address with some of them changed, for url_for."""
        parts = {"q": self.words, "topic": self.topic, "kind": self.kind or ""}
        return {name: part for name, part in (parts | changed).items() if part}
