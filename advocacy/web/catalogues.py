"""Turn the translators' files (.po) into what Flask-Babel reads (.mo).

The compiled files are made on each machine and are not in the repository.
"""

from pathlib import Path

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

FOLDER = Path(__file__).resolve().parent.parent / "translations"


def compile_catalogues(folder: Path = FOLDER) -> list[Path]:
    """Compile every catalogue; fuzzy entries count as missing. What was made."""
    made = []
    for source in sorted(folder.glob("*/LC_MESSAGES/*.po")):
        with source.open("rb") as file:
            catalogue = read_po(file, locale=source.parts[-3], abort_invalid=True)
        target = source.with_suffix(".mo")
        # Whole or not at all: a server may be reading the old one.
        draft = target.with_suffix(".mo.new")
        with draft.open("wb") as file:
            write_mo(file, catalogue)
        draft.replace(target)
        made.append(target)
    return made
