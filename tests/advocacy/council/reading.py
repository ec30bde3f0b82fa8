"""What a report says, section by section, without its looks."""

import re
from html import unescape


def flat(html: str) -> str:
    """Its sentences, one after the other."""
    without = re.sub(r"<(style|head)\b.*?</\1>", " ", html, flags=re.DOTALL)
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", without)).split())


def section(html: str, key: str) -> str:
    """One section of it."""
    start = f'<section aria-labelledby="{key}">'
    return flat(html.partition(start)[2].partition("</section>")[0])


def rows(html: str, key: str) -> list[list[str]]:
    """Every row of the section's tables and lists."""
    part = html.partition(f'<section aria-labelledby="{key}">')[2]
    part = part.partition("</section>")[0]
    found = re.findall(r"<tr>(.*?)</tr>|<div>(<dt>.*?)</div>", part, re.DOTALL)
    cells = r"<(?:t[hd]|d[td])\b[^>]*>(.*?)</(?:t[hd]|d[td])>"
    return [
        [unescape(cell) for cell in re.findall(cells, table or pairs, re.DOTALL)]
        for table, pairs in found
    ]


def sentences(made) -> list[str]:
    """Everything that a `Report` says, in order."""
    said = [made.title, made.subtitle]
    for one in made.sections:
        said += [one.title, *one.sentences, *_of_tables(one.tables)]
        for part in one.parts:
            said += [part.title, *part.sentences, *_of_tables(part.tables)]
    return said


def _of_tables(tables) -> list[str]:
    return [
        words
        for table in tables
        for words in (
            table.caption,
            *table.head,
            *(c for row in table.rows for c in row),
        )
        if words
    ]
