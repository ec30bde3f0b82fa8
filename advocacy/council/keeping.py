"""How long everything is kept. Each number comes from the code that deletes by it."""

from flask_babel import gettext as _

from advocacy.access_log.operations import MONTHS_KEPT
from advocacy.accounts.operations import UNUSED_KEPT
from advocacy.accounts.rounds import OPEN_FOR
from advocacy.council.document import Section, Table
from advocacy.council.times import in_words
from advocacy.links.models import LINK_KEPT
from advocacy.links.retention import DAYS_KEPT, PERSON_KEPT
from advocacy.people.guessing import KEPT as TRIES_KEPT
from advocacy.people.queries import ABSOLUTE, IDLE, IDLE_ADMINISTRATOR
from advocacy.reach.snapshots import KEPT_OF_A_TABLE
from advocacy.reach.tables import ITEM_DAYS
from advocacy.shares.budget import KEPT as CALLS_KEPT
from advocacy.shares.claiming import LEASE
from advocacy.shares.figures import LONGEST
from advocacy.shares.retention import KEPT as SHARES_KEPT
from content.loose_uploads import LOOSE_UPLOADS_KEPT

Row = tuple[str, str, str]


def keeping() -> Section:
    """What goes when, and what stays."""
    head = (_("What"), _("How long"), _("Then"))
    return Section(
        "retention",
        _("How long it is kept"),
        (
            _(
                "The service deletes by itself, every hour. Whoever turns a purpose"
                " off has what rested on it deleted at once."
            ),
            _(
                "Backups are made and deleted by whoever runs the machines: agree with"
                " them on how long."
            ),
        ),
        (
            Table(_("What is deleted by itself"), head, _what_goes()),
            Table(_("What stays"), (), _what_stays()),
        ),
    )


def _what_goes() -> tuple[Row, ...]:
    return (
        *_of_posts(),
        *_of_accounts(),
        *_of_signing_in(),
        *_of_counting(),
        *_of_visits(),
    )


def _of_posts() -> tuple[Row, ...]:
    gone = _("deleted")
    return (
        (
            _("A share, its words, what was confirmed, its attempts and figures"),
            in_words(SHARES_KEPT),
            _("deleted; the post stays on the network"),
        ),
        (
            _("LinkedIn’s figures of one’s own posts"),
            _("at most %(span)s", span=in_words(LONGEST)),
            gone,
        ),
        (
            _("A picture or film uploaded for no item"),
            in_words(LOOSE_UPLOADS_KEPT),
            gone,
        ),
        (_("How often a network was called for somebody"), in_words(CALLS_KEPT), gone),
    )


def _of_accounts() -> tuple[Row, ...]:
    return (
        (
            _("The key to a connected account"),
            _(
                "until it is withdrawn or over, at most %(span)s unused after its end",
                span=in_words(UNUSED_KEPT),
            ),
            _("deleted, and given back to the network"),
        ),
        (
            _("A key kept to delete a post that was just leaving"),
            in_words(LEASE),
            _("deleted, and given back to the network"),
        ),
        (
            _("Connecting an account that nobody finished"),
            in_words(OPEN_FOR),
            _("deleted"),
        ),
    )


def _of_signing_in() -> tuple[Row, ...]:
    gone = _("deleted")
    return (
        (
            _("A sign-in"),
            _(
                "%(span)s; it ends after %(idle)s without a page, for administrators"
                " after %(strict)s",
                span=in_words(ABSOLUTE),
                idle=in_words(IDLE),
                strict=in_words(IDLE_ADMINISTRATOR),
            ),
            gone,
        ),
        (_("How often signing in failed"), in_words(TRIES_KEPT), gone),
    )


def _of_counting() -> tuple[Row, ...]:
    return (
        (
            _("Who worked here on the first day of a period"),
            _(
                "%(number)s periods of each table, and until its figures are out",
                number=KEPT_OF_A_TABLE,
            ),
            _("only the number of colleagues stays"),
        ),
        (
            _("In how many items of a month somebody counts"),
            _(
                "%(days)s days after the month, and until its figures are out",
                days=ITEM_DAYS,
            ),
            _("deleted"),
        ),
    )


def _of_visits() -> tuple[Row, ...]:
    months = _("%(months)s months", months=MONTHS_KEPT)
    return (
        (_("A visitor’s address and browser"), _("never stored"), ""),
        (
            _("How often a link was visited, by day"),
            in_words(DAYS_KEPT),
            _("put together into one total"),
        ),
        (
            _("Whose link it is, and its counts"),
            in_words(PERSON_KEPT),
            _("nobody’s; the link leads on, uncounted"),
        ),
        (
            _("A link"),
            _("%(span)s after its last share", span=in_words(LINK_KEPT)),
            _("deleted; it leads nowhere"),
        ),
        (
            _("What administrators did"),
            months,
            _("deleted; the database refuses to delete it sooner"),
        ),
    )


def _what_stays() -> tuple[tuple[str, str], ...]:
    return (
        (
            _("Released figures, the ledger and their notices"),
            _("They are nobody’s, and are never made anew."),
        ),
        (
            _("Answers on consent"),
            _("They prove what was allowed when. They carry a random number, no name."),
        ),
        (
            _("What was decided about floors and noise, and how settings stood"),
            _("So that everybody can see what changed. Nobody stands in it."),
        ),
        (
            _("Who works here, and in which unit"),
            _("As an administrator entered it. The service deletes nobody by itself."),
        ),
        (
            _("The library"),
            _(
                "What communications offered. What is withdrawn is shown no more and"
                " stays stored."
            ),
        ),
    )
