"""Which of its files a network did not take, in a sentence, with what helps."""

from flask_babel import LazyString
from flask_babel import lazy_gettext as _

from advocacy.shares.carried_media import shown_media
from advocacy.shares.models import Share
from content.items import ItemKind

_SENTENCES: dict[ItemKind, LazyString] = {
    ItemKind.LINK: _(
        "%(network)s did not take the picture on the link’s card. The same one would be"
        " refused again: choose another or none. Your text is kept."
    ),
    ItemKind.PICTURES: _(
        "%(network)s did not take the picture that goes along. The same one would be"
        " refused again, and only the editors can replace it. Your text is kept."
    ),
    ItemKind.VIDEO: _(
        "%(network)s did not take the video. The same one would be refused again, and"
        " only the editors can replace it. Your text is kept."
    ),
    ItemKind.DOCUMENT: _(
        "%(network)s did not take the document. The same one would be refused again, and"
        " only the editors can replace it. Your text is kept."
    ),
}
# Nobody told us which: only a choice of one leaves the others at home.
_SEVERAL = _(
    "%(network)s did not take one of the pictures that go along, and would refuse it"
    " again: choose which one goes. Your text is kept."
)
# The editors made another kind of item of it since.
_OTHER = _("%(network)s did not take what went along. Your text is kept.")


def media_refused(share: Share) -> LazyString:
    """The sentence, with %(network)s still in it."""
    item = share.item
    if item.kind is ItemKind.PICTURES and len(shown_media(item, item.media)) > 1:
        return _SEVERAL
    return _SENTENCES.get(item.kind, _OTHER)
