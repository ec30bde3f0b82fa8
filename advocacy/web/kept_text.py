"""A text that was sent with a press we had to turn away: shown once more, to be copied.

It is stored nowhere, so the page that says no is the only place left to keep it.
"""

from flask import render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import lazy_gettext as _
from flask_babel.speaklater import LazyString

SENTENCES: dict[int, LazyString] = {
    400: _(
        "Nothing was sent, and your text is kept below. Copy it, open the page you were"
        " on again, and paste it there."
    ),
    401: _(
        "Nothing was sent, and your text is kept below. Copy it, sign in, and paste it"
        " back."
    ),
}


def text_sent() -> str:
    """What the form's text box held; empty when nothing was written."""
    text = request.form.get("text", "")
    return text if text.strip() else ""


def sent_by_own_page() -> bool:
    """Whether the browser vouches that one of our own pages sent the form.

    Else another site could put its words on a page of ours.
    """
    site = request.headers.get("Sec-Fetch-Site")
    if site is None:  # an older browser says where the form comes from
        return request.headers.get("Origin") == request.host_url.rstrip("/")
    return site == "same-origin"


def kept_text_page(
    status: int, title: object, *, door: str = "", back: str = ""
) -> ResponseReturnValue:
    """The text in a box to copy it from; `door` is where to sign in, `back` the page that
    sent it; empty where there is none.
    """
    page = render_template(
        "kept_text.html",
        title=title,
        sentence=SENTENCES[status],
        text=text_sent(),
        door=door,
        back=back,
    )
    return page, status
