"""Everything that must be known of a share before anything of it leaves, read at once."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial

from sqlalchemy import ColumnElement, Row, Select, and_, exists, func, select
from sqlalchemy.orm import Session, contains_eager

from advocacy.accounts.models import Account
from advocacy.consent.models import Consent, Purpose
from advocacy.people.models import Person
from advocacy.shares.carried_media import media_of
from advocacy.shares.drafting import draft_of
from advocacy.shares.models import PublishingPause, Share
from advocacy.shares.named import known_mentions, named_in
from advocacy.shares.station import Station
from content.items import Item
from content.media import Media
from integrations.network import Mention, PostDraft

_Row = Row[Share, Person, Account | None, int | None, datetime, bool]
_Rows = Select[Share, Person, Account | None, int | None, datetime, bool]


@dataclass(frozen=True)
class Facts:
    """A locked share and all it rests on, as it was at `at` (the database's time)."""

    share: Share
    person: Person
    account: Account | None
    media: Sequence[Media]
    consent_epoch: int | None  # None: "post for me" is off
    draft: PostDraft
    at: datetime
    length: Callable[[str], int]  # as the network counts
    longest_text: int  # by `length`
    network_pauses: bool  # or did, and nothing got through yet


def facts_of(
    session: Session, station: Station, *rules: ColumnElement[bool]
) -> list[Facts]:
    """Lock the shares that `rules` choose, the longest due first, and read their facts.

    Rows that somebody else holds are left out. Few statements, however many shares.
    """
    rows = session.execute(_locked(*rules)).all()
    networks = {row[0].network for row in rows}
    known = {name: known_mentions(session, name) for name in networks}
    return [_facts(row, known[row[0].network], station) for row in rows]


def _facts(
    row: _Row,
    known: Sequence[Mention],
    station: Station,
) -> Facts:
    share, person, account, consent_epoch, at, network_pauses = row
    network, files = station.outside.networks[share.network], station.outside.files
    media = media_of(share, share.item, share.item.media, network.most_pictures)
    draft = draft_of(share, share.item, media, files, station.base_url)
    mentions = named_in(draft.text, known)
    return Facts(
        share=share,
        person=person,
        account=account,
        media=media,
        consent_epoch=consent_epoch,
        draft=replace(draft, mentions=mentions),
        at=at,
        length=partial(network.length, mentions=mentions),
        longest_text=network.longest_text,
        network_pauses=network_pauses,
    )


def _locked(
    *rules: ColumnElement[bool],
) -> _Rows:
    connected = and_(
        Account.person_id == Share.person_id, Account.network == Share.network
    )
    allowed = and_(
        Consent.person_id == Share.person_id,
        Consent.purpose == Purpose.POST_FOR_ME,
        Consent.is_on,
    )
    return (
        select(
            Share,
            Person,
            Account,
            Consent.epoch,
            func.clock_timestamp(),
            exists().where(PublishingPause.network == Share.network),
        )
        .join(Share.item)
        .join(Person, Person.id == Share.person_id)
        .outerjoin(Account, connected)
        .outerjoin(Consent, allowed)
        .options(contains_eager(Share.item).selectinload(Item.media))
        .where(*rules)
        .order_by(Share.next_at)
        .with_for_update(of=Share, skip_locked=True)
        .execution_options(populate_existing=True)
    )
