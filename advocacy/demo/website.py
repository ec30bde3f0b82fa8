"""The sample organisation's website, which the pretend network serves from a file."""

import json
from collections.abc import Sequence
from pathlib import Path

from advocacy.demo.drawing.pictures import draw
from advocacy.demo.sample_items import SampleItem


def write_website(file: Path, items: Sequence[SampleItem]) -> None:
    """Write the pages, and their pictures beside them."""
    file.parent.mkdir(parents=True, exist_ok=True)
    pages = {}
    for item in items:
        if item.page is None:
            continue
        picture = item.pictures[0].name if item.pictures else ""
        if picture:
            (file.parent / f"{picture}.jpg").write_bytes(draw(picture))
        pages[item.slug] = {
            "title": item.page.title,
            "description": item.page.description,
            "picture": f"{picture}.jpg" if picture else "",
            "lang": item.page.language,
            "body": item.page.body,
        }
    site = {"name": "Veenstroom", "pages": pages}
    file.write_text(json.dumps(site, ensure_ascii=False, indent=1), encoding="utf-8")
