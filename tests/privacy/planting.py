"""Rows in which everything that names somebody is a mark."""

from datetime import timedelta
from io import BytesIO
from uuid import UUID

from PIL import Image
from sqlalchemy.orm import Session

from advocacy.consent.models import Answer, Consent, ConsentEvent, Purpose
from advocacy.links.models import ClickDay, Link, Outcome
from advocacy.people.models import Person
from advocacy.shares.figure_rows import ShareFigures
from advocacy.shares.models import Share, ShareState, Way
from content.items import Item, ItemKind, ItemState
from content.topics import Topic
from content.wordings import Angle, Wording
from integrations.clock import now

# How the numbers of the planted person's posts begin.
POST_NUMBER = "73141592653589790"
# How often LinkedIn says their posts were shown, and how a page would write that.
SHOWN = 8271828
SHOWN_IN_WORDS = ("8271828", "8,271,828", "8.271.828")
CAMERA = "Qwxcamera"
STATES = (
    ShareState.SCHEDULED,
    ShareState.UNCERTAIN,
    ShareState.PUBLISHED,
    ShareState.TOLD,
    ShareState.FAILED,
    ShareState.COPIED,
    ShareState.MISSED,
)


def phone_picture() -> bytes:
    """A picture that says whose it is, as telephones write it."""
    exif = Image.Exif()
    exif[0x010F], exif[0x013B] = CAMERA, f"{CAMERA} of Qwxname Vzxfamily"
    out = BytesIO()
    Image.new("RGB", (1600, 1200), "teal").save(out, "JPEG", exif=exif)
    return out.getvalue()


def make_item(session: Session, slug: str = "grid") -> Item:
    topic = Topic(slug=slug, name_en=slug.title(), name_nl=slug.title())
    item = Item(
        kind=ItemKind.LINK,
        state=ItemState.PUBLISHED,
        title="Tower 41 stands",
        why="Six years of no are over.",
        language="en",
        link_address="https://veenstroom.example/tower-41",
        link_title="Tower 41",
        link_description="The line is ready.",
        offered_at=now() - timedelta(days=3),
        expires_at=now() + timedelta(days=30),
        topics=[topic],
        wordings=[
            Wording(angle=angle, language="en", text=f"Said by {angle}.", position=n)
            for n, angle in enumerate(Angle)
        ],
    )
    session.add(item)
    session.flush()
    return item


def consents_of(session: Session, person: Person) -> list[UUID]:
    records = []
    for n, purpose in enumerate((Purpose.POST_FOR_ME, Purpose.COUNT_MY_CLICKS)):
        event = ConsentEvent(
            subject_id=person.subject_id,
            purpose=purpose,
            answer=Answer.GIVEN,
            text_version=1,
            text_sha256="0" * 64,
            language="en",
            method="planted",
            previous_hash="0" * 64,
            own_hash=f"{n}" * 64,
        )
        session.add(event)
        session.flush()
        session.add(
            Consent(
                person_id=person.id,
                purpose=purpose,
                is_on=True,
                since=now(),
                event_id=event.id,
            )
        )
        records.append(event.record_id)
    return records


def share_of(session: Session, person: Person, item: Item, n: int, mark: str) -> Share:
    """One in the n-th state; `mark` is in all that names it."""
    state = STATES[n]
    told = {ShareState.TOLD, ShareState.COPIED}
    number = f"{POST_NUMBER if mark == 'qwx' else '1' * 17}{n:02d}"
    link = Link(
        code=f"{mark}code{n:04d}",
        target="https://veenstroom.example/tower-41",
        item_id=item.id,
        person_id=person.id,
    )
    session.add(link)
    session.flush()
    session.add(
        ClickDay(code=link.code, day=now().date(), outcome=Outcome.COUNTED, visits=7)
    )
    moment = now() - timedelta(days=n) if state != "scheduled" else now()
    share = Share(
        person_id=person.id,
        item_id=item.id,
        way=Way.COPY if state in told else Way.ACCOUNT,
        state=state,
        text=f"{mark.title()}text{n} in my own words",
        link_code=link.code,
        confirmation="0" * 64,
        due_at=moment,
        target_day=moment.date(),
        next_at=moment + timedelta(days=2),
        consent_epoch=1,
        content_epoch=1,
        public_id=f"{mark}share{n:08d}",
        post_id=f"urn:li:share:{number}",
        post_address=f"https://www.linkedin.com/feed/update/urn:li:share:{number}/",
        posted_at=moment if state is ShareState.PUBLISHED else None,
    )
    session.add(share)
    session.flush()
    if mark == "qwx":
        session.add(
            ShareFigures(
                share_id=share.id,
                asked_at=now(),
                read_at=now(),
                counts={"shown": SHOWN},
            )
        )
        session.flush()
    return share
