"""What the pages say in a language, looked up by the English sentence."""

from pathlib import Path

from babel.messages.pofile import read_po

ROOT = Path(__file__).resolve().parents[2]
DUTCH = ROOT / "advocacy" / "translations" / "nl" / "LC_MESSAGES" / "messages.po"


class Words:
    """`words("Share")` is what the button says to somebody who reads this language."""

    def __init__(self, language: str) -> None:
        self.language = language
        self._dutch = {}
        if language == "nl":
            with DUTCH.open("rb") as file:
                self._dutch = {
                    entry.id: entry.string
                    for entry in read_po(file, locale="nl")
                    if isinstance(entry.id, str)
                }

    def __call__(self, english: str, **values: object) -> str:
        said = self._dutch[english] if self._dutch else english
        return str(said) % values if values else str(said)
