"""What the page "What I allow" shows of each purpose."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from advocacy.config import Settings
from advocacy.consent.models import Answer, ConsentEvent, Purpose
from advocacy.consent.operations import runs_out
from advocacy.consent.purposes import BY_PURPOSE, LABELS, OFFERS, Offer
from advocacy.consent.queries import events_of, states_of
from advocacy.outside import LINKEDIN_FIGURES
from advocacy.people.models import Person


@dataclass(frozen=True)
class Entry:
    """One purpose with its words and its state."""

    code: str
    title: str
    lines: Sequence[tuple[str, str]]
    is_on: bool
    since: datetime | None
    until: datetime | None  # when it ends by itself
    record_id: UUID | None  # of the latest answer
    posts: bool  # whether this is the one that posts through an account
    network: str  # where an account is connected for it, if one is


@dataclass(frozen=True)
class Given:
    """One answer in the list of receipts."""

    record_id: UUID
    title: str
    answer: Answer
    at: datetime
    version: int


def entries_of(
    session: Session, person: Person, language: str, settings: Settings
) -> list[Entry]:
    """Every purpose that is offered or on, in the order of the page."""
    states = states_of(session, person.id)
    latest = {event.id: event.record_id for event in events_of(session, person)}

    def entry(offer: Offer) -> Entry:
        state = states.get(offer.purpose)
        return Entry(
            code=offer.code,
            title=offer.words(language).title,
            lines=lines_of(offer, language),
            is_on=bool(state and state.is_on),
            since=state.since if state and state.is_on else None,
            until=runs_out(state.since) if state and state.is_on else None,
            record_id=latest.get(state.event_id) if state else None,
            posts=offer.purpose is Purpose.POST_FOR_ME,
            network=offer.network,
        )

    entries = [entry(offer) for offer in OFFERS]
    hidden = {offer.code for offer in OFFERS if not is_offered(offer, settings)}
    return [one for one in entries if one.is_on or one.code not in hidden]


def is_offered(offer: Offer, settings: Settings) -> bool:
    """Whether people are asked at all: not for what cannot be done here."""
    return offer.network != LINKEDIN_FIGURES or settings.linkedin_figures_ready


def lines_of(offer: Offer, language: str) -> list[tuple[str, str]]:
    """Label and sentence, three times: exactly what is hashed."""
    words = offer.words(language)
    sentences = (words.do, words.kept, words.without)
    return list(zip(LABELS[language], sentences, strict=True))


def answers_of(session: Session, person: Person, language: str) -> list[Given]:
    """The person's answers, the newest first."""
    return [given(event, language) for event in events_of(session, person)]


def given(event: ConsentEvent, language: str) -> Given:
    """One answer, with the purpose's name in the language of the page."""
    return Given(
        record_id=event.record_id,
        title=BY_PURPOSE[event.purpose].words(language).title,
        answer=event.answer,
        at=event.at,
        version=event.text_version,
    )
