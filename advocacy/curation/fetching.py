"""Title and picture of a page, fetched when somebody asks for them."""

from io import BytesIO

from flask_babel import gettext as _

from advocacy.curation.address_wording import address_refused, page_not_read
from advocacy.curation.item_form import ItemForm, TypedMedia
from content.errors import MediaRefused
from content.previews import LinkCard, card_of
from content.uploads import Upload, add_picture
from integrations.addresses import AddressRefused
from integrations.database import transaction
from integrations.errors import NotDone
from integrations.files import Files


def fetch_card(
    form: ItemForm, files: Files, allowed: tuple[str, ...]
) -> dict[str, str]:
    """Fill the card's fields from the page itself; sentences by field if it cannot be read.

    What somebody typed stays: the page only fills what is empty, except the card itself.
    """
    if not form.link:
        return {"link": _("Which page is it about? Paste its address.")}
    try:
        card = card_of(form.link, allowed)
    except AddressRefused as refused:
        return {"link": address_refused(refused.code)}
    except NotDone as error:
        return {"link": page_not_read(error)}
    form.card_title, form.card_text = card.title, card.description
    form.title = form.title or card.title
    if not form.media:
        _take_picture(form, card, files)
    return {}


def _take_picture(form: ItemForm, card: LinkCard, files: Files) -> None:
    """A picture that is none is left out: the card is complete without."""
    if card.picture_bytes is None:
        return
    try:
        with transaction() as session:
            media = add_picture(
                session, files, Upload(None, BytesIO(card.picture_bytes))
            )
    except MediaRefused:
        return
    form.media.append(TypedMedia(media.public_id))
