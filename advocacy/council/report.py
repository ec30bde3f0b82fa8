"""The works council's report, put together in the reader's language."""

from flask_babel import gettext as _
from sqlalchemy.orm import Session

from advocacy.config import Settings
from advocacy.council.attacks import attacks
from advocacy.council.document import Report
from advocacy.council.fields import fields
from advocacy.council.keeping import keeping
from advocacy.council.numbers import numbers
from advocacy.council.purposes import purposes
from advocacy.council.recipients import recipients
from advocacy.council.switches import switches
from advocacy.council.times import full_date
from advocacy.council.versions import versions
from advocacy.council.who_sees import who_sees
from advocacy.web.language import language
from integrations.clock import now
from integrations.database import Base


def report(session: Session, settings: Settings) -> Report:
    """Everything a works council is asked to agree to; nobody's name is in it."""
    return Report(
        title=_("Report for the works council"),
        subtitle=_(
            "What the library of %(organisation)s stores, for what, for how long, and"
            " who sees it. Put together by the service from its own code and settings.",
            organisation=settings.organisation,
        ),
        language=language(),
        organisation=settings.organisation,
        day=full_date(now()),
        sections=(
            versions(settings),
            purposes(),
            who_sees(),
            numbers(session, now().year),
            attacks(),
            keeping(),
            recipients(settings),
            switches(session, settings),
            fields(Base.metadata),
        ),
    )
