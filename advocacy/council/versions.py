"""Which version the report is about."""

from flask_babel import gettext as _

from advocacy import VERSION
from advocacy.config import Settings
from advocacy.consent.purposes import OFFERS
from advocacy.council.document import Section, Table
from advocacy.council.times import full_date
from advocacy.reach.tables import METHOD_VERSION, method_digest
from advocacy.web.language import language
from integrations.clock import now


def versions(settings: Settings) -> Section:
    """Of the product, of the method and of the words, with the day."""
    spoken = language()
    words = tuple((one.words(spoken).title, str(one.version)) for one in OFFERS)
    rows = (
        (_("Organisation"), settings.organisation),
        (_("Version of the service"), VERSION),
        (_("Version of the method"), str(METHOD_VERSION)),
        (_("Fingerprint of its numbers (SHA-256)"), method_digest()),
        (_("Made on"), full_date(now())),
    )
    return Section(
        "version",
        _("Version"),
        (
            _(
                "Two reports with the same fingerprint are about the same floors, caps"
                " and noise of the method. What this organisation raised above them, or"
                " will, is listed apart."
            ),
        ),
        (
            Table(_("What this report is about"), (), rows),
            Table(
                _("Versions of the words on consent"),
                (_("Purpose"), _("Version of the words")),
                words,
                numbers=(1,),
            ),
        ),
    )
