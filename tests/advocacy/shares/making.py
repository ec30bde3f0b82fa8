"""People, items and connected accounts to share with."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from itertools import count
from pathlib import Path

from sqlalchemy import Engine, func, select, text
from sqlalchemy.orm import Session

from advocacy.accounts.models import Account
from advocacy.accounts.operations import about_token
from advocacy.consent.models import Consent, Purpose
from advocacy.consent.operations import give
from advocacy.outside import LINKEDIN, Outside
from advocacy.people.models import Person
from advocacy.shares.changes import send_again, the_same_again
from advocacy.shares.models import PublishAttempt, Share, ShareState
from advocacy.shares.operations import queue_share
from advocacy.shares.spool import Spool
from advocacy.shares.station import Station
from advocacy.shares.wishes import ShareWish, Terms
from content.items import Item, ItemKind, ItemState
from content.media import Media, MediaKind
from integrations.clock import now
from integrations.files import Files
from integrations.linkedin.client import LinkedIn
from integrations.linkedin.little_text import LIMIT, wire_length
from integrations.linkedin.media_limits import MOST_PICTURES
from integrations.linkedin.sign_on import LinkedInSignOn
from integrations.network import Access
from integrations.token_vault import TokenVault
from tests.integrations.linkedin_sandbox.serving import RunningSandbox

VAULT = TokenVault({"k1": b"0123456789abcdef0123456789abcdef"})
BASE_URL = "http://localhost:8000"
TERMS = Terms(
    hold_seconds=60,
    base_url=BASE_URL,
    length=wire_length,
    longest_text=LIMIT,
    link_in_text=False,
    most_pictures=MOST_PICTURES,
)
NAMES = ["Marit Dijkgraaf", "Joost Veldkamp", "Sanne Oosterling", "Ivo Terpstra"]
_numbers = count(1)


def make_person(session: Session, *, consent: bool = True) -> Person:
    number = next(_numbers)
    person = Person(
        name=NAMES[number % len(NAMES)],
        email=f"person{number}@veenstroom.example",
        time_zone="Europe/Amsterdam",
        joined_on=date(2024, 3, 1),
    )
    session.add(person)
    session.flush()
    if consent:
        give(session, person, Purpose.POST_FOR_ME, "en", "a test", now())
    return person


def make_item(session: Session, kind: ItemKind = ItemKind.MESSAGE, **values) -> Item:
    given = {
        "title": "Tower 41 stands",
        "why": "2,300 homes can get off the waiting list.",
        "language": "en",
        "state": ItemState.PUBLISHED,
        "offered_at": datetime(2026, 1, 5, 8, tzinfo=UTC),
    }
    if kind is ItemKind.LINK:
        given["link_address"] = "https://veenstroom.example/tower-41"
        given["link_title"] = "The Eempolder line is ready"
        given["link_description"] = "Six years of work, in pictures."
    item = Item(kind=kind, **(given | values))
    session.add(item)
    session.flush()
    return item


def add_media(
    session: Session, item: Item, files: Files, content: Path | bytes, suffix: str
) -> Media:
    video = suffix == ".mp4"
    media = Media(
        item_id=item.id,
        kind=MediaKind.VIDEO if video else MediaKind.PICTURE,
        stored_name=files.put(content, suffix),
        content_type="video/mp4" if video else "image/jpeg",
        width=640,
        height=480,
        size_bytes=1,
        sha256=f"{next(_numbers):064d}",
        alt="" if video else "A row of pylons at sunrise",
    )
    session.add(media)
    session.flush()
    return media


def connect_account(
    session: Session, person: Person, access: Access | None = None, **values
) -> Account:
    access = access or Access(f"token-of-{person.id}", f"member-{person.id}")
    locked = VAULT.lock(access.token, about_token(person.id, LINKEDIN))
    given = {
        "person_id": person.id,
        "network": LINKEDIN,
        "client_id": "test-client",
        "member_id": access.member_id,
        "member_name": person.name,
        "scopes": ["openid", "profile", "w_member_social"],
        "token_locked": locked.data,
        "token_key_id": locked.key_id,
        "connected_at": now() - timedelta(days=1),
        "expires_at": now() + timedelta(days=59),
    }
    account = Account(**(given | values))
    session.add(account)
    session.flush()
    return account


def make_station(sandbox: RunningSandbox, engine: Engine, folder: Path) -> Station:
    settings = sandbox.settings_for_client()
    outside = Outside(
        engine=engine,
        files=Files(folder / "media"),
        vault=VAULT,
        networks={LINKEDIN: LinkedIn(settings)},
        sign_ons={LINKEDIN: LinkedInSignOn(settings)},
    )
    return Station(outside, BASE_URL, "test-worker", spool=Spool(folder / "outcomes"))


def queue(
    session: Session, person: Person, item: Item, text: str = "I was there.", **wish
) -> Share:
    """A share that is still on hold."""
    asked = ShareWish(text, **wish)
    return queue_share(session, person, item, asked, now(), terms=TERMS)


def queue_due(
    session: Session, person: Person, item: Item, text: str = "I was there.", **wish
) -> Share:
    """A share whose hold is over."""
    asked = ShareWish(text, **wish)
    before = now() - timedelta(seconds=TERMS.hold_seconds + 1)
    return queue_share(session, person, item, asked, before, terms=TERMS)


def queue_with_picture(session: Session, person: Person, station: Station) -> Share:
    """A share whose hold is over, of an item with a picture."""
    item = make_item(session, ItemKind.PICTURES)
    add_media(session, item, station.outside.files, b"a picture", ".jpg")
    share = queue_due(session, person, item)
    session.flush()
    return share


def send_again_at_once(
    session: Session, share: Share, person: Person, item: Item
) -> None:
    """Its owner answers the doubt by sending it again; nothing is held back."""
    at_once = replace(TERMS, hold_seconds=0)
    send_again(session, share, the_same_again(share, person, item, now()), at_once)
    session.commit()


def attempt_of(share_id: int, n: int = 1, **values) -> PublishAttempt:
    """The row of an attempt that another worker armed just now, and no more is known."""
    given = {"armed_at": now(), "worker": "another-worker/1", "body_sha256": ""}
    given |= {"consent_epoch": 1, "content_epoch": 1}
    return PublishAttempt(share_id=share_id, n=n, **(given | values))


def attempts(session: Session, share: Share) -> list[PublishAttempt]:
    query = select(PublishAttempt).where(PublishAttempt.share_id == share.id)
    found = session.scalars(query.order_by(PublishAttempt.n)).all()
    for attempt in found:
        session.refresh(attempt)
    return list(found)


def share_rows(session: Session) -> int:
    """How many shares there are."""
    return session.scalars(select(func.count()).select_from(Share)).one()


def put_into(session: Session, share: Share, state: ShareState) -> None:
    """Let the share be in a state, however it may have come there."""
    session.flush()
    triggers = "SET LOCAL session_replication_role = "
    session.execute(text(f"{triggers}replica"))
    share.state = state
    session.flush()
    session.execute(text(f"{triggers}origin"))


def state_of(session: Session, share: Share) -> ShareState:
    """The state as it is stored now."""
    session.refresh(share)
    return share.state


def stored(session: Session, share: Share) -> Share:
    """The share as its row is now."""
    session.flush()
    session.refresh(share)
    return share


def consent_of(session: Session, person: Person) -> Consent:
    key = (person.id, Purpose.POST_FOR_ME)
    return session.get_one(Consent, key, populate_existing=True)
