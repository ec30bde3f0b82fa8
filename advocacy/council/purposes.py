"""What people are asked, in the words that they are shown."""

from flask_babel import gettext as _

from advocacy.consent.purposes import LABELS, OFFERS, Offer
from advocacy.council.document import Section, Table
from advocacy.web.language import language


def purposes() -> Section:
    """Each purpose by itself, as the consent page has it."""
    return Section(
        "purposes",
        _("What people may allow"),
        (
            _(
                "All of this is off until the person turns it on. Each can be turned"
                " off again in one press, with effect at once, and none is needed for"
                " another."
            ),
            _(
                "After twelve months without a new answer, or when the words change,"
                " it is off again by itself. Nobody but the person sees what they"
                " answered."
            ),
        ),
        tables=tuple(_table(one) for one in OFFERS),
    )


def _table(offer: Offer) -> Table:
    spoken = language()
    said = offer.words(spoken)
    do, kept, without = LABELS[spoken]
    recipients = ", ".join(offer.recipients) or _("nobody outside the organisation")
    rows = (
        (do, said.do),
        (kept, said.kept),
        (without, said.without),
        (_("Goes to"), recipients),
        (_("Version of the words"), str(offer.version)),
        (_("Fingerprint of the words"), offer.sha256(spoken)),
    )
    return Table(said.title, (), rows)
