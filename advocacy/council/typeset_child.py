"""Sets the report as a PDF. Run as a file, with limits: what it takes goes with it.

Arguments: the layout, the report as JSON, the day, and where the PDF goes. Like the
children of `content` it knows nothing of ours.
"""

import sys
from datetime import datetime
from functools import partial
from pathlib import Path

import typst


def main(layout: str, report: str, day: str, pdf: str) -> None:
    """Fonts are Typst's own, so that a report looks the same on every machine."""
    set_as = partial(
        typst.compile,
        layout,
        output=pdf,
        sys_inputs={"report": Path(report).read_text(encoding="utf-8")},
        ignore_system_fonts=True,
        timestamp=datetime.fromisoformat(day),
    )
    try:
        set_as(pdf_standards="ua-1")
    except typst.TypstError:
        # A name in letters that no font here has: the standard forbids it, a PDF does not.
        set_as()


if __name__ == "__main__":
    main(*sys.argv[1:])
