"""Pictures and films of a story, as far as the pages need them."""

from content.items import ItemKind
from content.media import Media, MediaKind
from tests.advocacy.shares.making import make_item


def add_picture(session, item, **values):
    given = {
        "kind": MediaKind.PICTURE,
        "stored_name": "0" * 32 + ".jpg",
        "content_type": "image/jpeg",
        "width": 1600,
        "height": 1067,
        "size_bytes": 1,
        "sha256": "0" * 64,
        "alt": "A row of pylons",
    }
    media = Media(item_id=item.id, **(given | values))
    session.add(media)
    session.flush()
    return media


def add_film(session, files, content, **values):
    """A story of its own with a film in it; nothing looks into the file."""
    return add_picture(
        session,
        make_item(session, ItemKind.VIDEO),
        kind=MediaKind.VIDEO,
        stored_name=files.put(content, ".mp4"),
        content_type="video/mp4",
        **values,
    )
