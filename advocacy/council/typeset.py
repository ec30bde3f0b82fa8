"""The report as a PDF: tagged, with an outline, its language and page numbers."""

import json
import sys
from dataclasses import asdict
from datetime import UTC, datetime, time
from pathlib import Path
from tempfile import TemporaryDirectory

from flask_babel import gettext as _

from advocacy.council.document import Report
from content.limited import Limits, run_limited
from integrations.clock import now

# It takes half a second and 140 MB, in a process of its own: one that serves pages would
# keep some 100 MB of them for good.
LIMITS = Limits(
    memory=1024 * 1024 * 1024,
    cpu_seconds=10,
    file_bytes=16 * 1024 * 1024,
    seconds=15,
)
_CHILD = Path(__file__).with_name("typeset_child.py")
_LAYOUT = Path(__file__).with_name("report.typ")


class NotSet(Exception):
    """A bug, or a machine with too little room: there is no PDF."""


def pdf_of(report: Report) -> bytes:
    """The same bytes all day. Its words go in as data, so none is read as markup.

    Raises NotSet, TookTooLong.
    """
    of = _("Page %(page)s of %(pages)s", page="{page}", pages="{pages}")
    day = datetime.combine(now().date(), time(), UTC).isoformat()
    with TemporaryDirectory(prefix="report-") as folder:
        said, pdf = Path(folder, "report.json"), Path(folder, "report.pdf")
        said.write_text(json.dumps(asdict(report) | {"page": of}), encoding="utf-8")
        given = [str(one) for one in (_CHILD, _LAYOUT, said, day, pdf)]
        code, _printed = run_limited([sys.executable, "-I", *given], LIMITS)
        if code != 0:
            raise NotSet(f"the child ended with {code}")
        return pdf.read_bytes()
