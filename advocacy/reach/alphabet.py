"""The order of names on pages of figures: by the alphabet, and by nothing else."""

import unicodedata


def by_name(name: str) -> tuple[str, str]:
    """Where a name stands in the alphabet: accents and capitals make no difference."""
    plain = unicodedata.normalize("NFKD", name.casefold())
    letters = "".join(one for one in plain if not unicodedata.combining(one))
    return letters, name
