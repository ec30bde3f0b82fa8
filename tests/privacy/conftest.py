"""Somebody whose every identifying field is a mark that can be searched for."""

from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

import pytest
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from advocacy.accounts.models import Account
from advocacy.consent.models import Answer, Consent, ConsentEvent, Purpose
from advocacy.links.models import ClickDay, Link, Outcome
from advocacy.people.models import Person, Unit
from advocacy.people.operations import start_sign_in
from advocacy.people.roles import Role
from advocacy.shares.models import Share, ShareState, Way
from content.items import Item, ItemKind, ItemState
from content.topics import Topic
from content.wordings import Angle, Wording
from integrations.clock import now

SUBJECT = UUID("5ea1ab1e-0000-4000-8000-c0ffee0ca11a")


@dataclass(frozen=True)
class Planted:
    """The planted person and what must not be seen by anybody else."""

    person: Person
    item: Item
    shares: list[Share]
    records: list[UUID]  # of the consent events
    marks: tuple[str, ...]
    # Of those, what the person does see on the own pages: the search itself is shown to work.
    own: tuple[str, ...]


@pytest.fixture
def planted(session: Session) -> Planted:
    item = _item(session)
    unit = Unit(name="Unit Zwanenburg")
    session.add(unit)
    session.flush()
    person = Person(
        name="Qwxname Vzxfamily",
        email="qwxmail@veenstroom.example",
        job="Qwxjob",
        unit_id=unit.id,
        subject_id=SUBJECT,
        joined_on=now().date() - timedelta(days=400),
    )
    session.add(person)
    session.flush()
    records = _consents(session, person)
    session.add(
        Account(
            person_id=person.id,
            network="linkedin",
            client_id="test-client",
            member_id="qwxmember",
            member_name="Qwxhandle",
            scopes=["w_member_social"],
            token_locked=b"qwxtoken",
            token_key_id="k1",
            expires_at=now() + timedelta(days=50),
        )
    )
    shares = [_share(session, person, item, n) for n in range(len(STATES))]
    session.commit()
    codes = tuple(share.link_code or "" for share in shares)
    ids = tuple(share.public_id for share in shares)
    texts = tuple(f"Qwxtext{n}" for n in range(len(shares)))
    others = ("qwxmember", "Qwxhandle", "qwxtoken", "qwxpost", "Qwxjob", str(SUBJECT))
    return Planted(
        person=person,
        item=item,
        shares=shares,
        records=records,
        marks=("Qwxname", "Vzxfamily", "qwxmail", *others, *codes, *ids, *texts),
        own=("Qwxname", texts[0]),
    )


STATES = (
    ShareState.SCHEDULED,
    ShareState.UNCERTAIN,
    ShareState.PUBLISHED,
    ShareState.TOLD,
    ShareState.FAILED,
)


def _item(session: Session) -> Item:
    topic = Topic(slug="grid", name_en="Grid", name_nl="Net")
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


def _consents(session: Session, person: Person) -> list[UUID]:
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


def _share(session: Session, person: Person, item: Item, n: int) -> Share:
    state = STATES[n]
    link = Link(
        code=f"qwxcode{n:04d}",
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
        way=Way.COPY if state is ShareState.TOLD else Way.ACCOUNT,
        state=state,
        text=f"Qwxtext{n} in my own words",
        link_code=link.code,
        confirmation="0" * 64,
        due_at=moment,
        target_day=moment.date(),
        next_at=moment + timedelta(days=2),
        consent_epoch=1,
        content_epoch=1,
        public_id=f"qwxshare{n:08d}",
        post_id=f"urn:li:share:qwxpost{n}",
        post_address=f"https://www.linkedin.com/feed/update/qwxpost{n}",
        posted_at=moment if state is ShareState.PUBLISHED else None,
    )
    session.add(share)
    session.flush()
    return share


def sign_in(client: FlaskClient, session: Session, person: Person) -> None:
    """Be this person in this client, through the real sign-in rows."""
    token = start_sign_in(session, person, now())
    session.commit()
    with client.session_transaction() as cookie:
        cookie["_user_id"] = token
        cookie["_fresh"] = True


def colleague(session: Session, name: str, *roles: Role) -> Person:
    """Somebody else, with these roles."""
    person = Person(
        name=name,
        email=f"{name.split(maxsplit=1)[0].lower()}@veenstroom.example",
        role_names=[role.value for role in roles],
    )
    session.add(person)
    session.flush()
    return person
