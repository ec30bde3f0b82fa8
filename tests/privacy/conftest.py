"""Somebody whose every identifying field is a mark that can be searched for."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import timedelta
from io import BytesIO
from uuid import UUID

import pytest
from flask import Flask
from sqlalchemy.orm import Session

from advocacy.accounts.models import Account
from advocacy.config import Settings
from advocacy.people.models import Person, Unit
from advocacy.people.roles import Role
from advocacy.reach.models import Metric
from advocacy.reach.parameter_rows import ParameterProposal
from advocacy.shares.models import Share
from content.items import Item
from content.media import Media
from content.uploads import Upload, add_picture
from integrations.clock import now
from integrations.files import Files
from tests.integrations.linkedin_sandbox.serving import running_sandbox
from tests.privacy.figures_out import put_out
from tests.privacy.planting import (
    CAMERA,
    POST_NUMBER,
    SHOWN_IN_WORDS,
    STATES,
    consents_of,
    make_item,
    phone_picture,
    share_of,
)

SUBJECT = UUID("5ea1ab1e-0000-4000-8000-c0ffee0ca11a")
NAMES = ("Qwxname", "Vzxfamily", "qwxmail")
FILE_NAME = "qwxphoto of Vzxhome.jpg"


@pytest.fixture
def settings(settings: Settings) -> Iterator[Settings]:
    """What a press says to LinkedIn is said to a pretend one; posts keep their addresses."""
    with running_sandbox() as sandbox:
        known = sandbox.memory.settings
        yield replace(
            settings,
            linkedin_client_id=known.client_id,
            linkedin_client_secret=known.client_secret,
            linkedin_oauth_base=sandbox.address,
            linkedin_api_base=sandbox.address,
        )


@dataclass(frozen=True)
class Planted:
    """The planted person and what must not be seen by anybody else."""

    person: Person
    item: Item
    picture: Media
    shares: list[Share]
    records: list[UUID]  # of the consent events
    proposal: ParameterProposal
    marks: tuple[str, ...]
    # Of those, what the person does see on the own pages: the search itself is shown to work.
    own: tuple[str, ...]


@pytest.fixture
def files(app: Flask) -> Files:
    outside = app.extensions["advocacy"].outside
    assert isinstance(outside.files, Files)
    return outside.files


@pytest.fixture
def uploaded() -> bytes:
    """The planted picture as it left its owner's telephone."""
    return phone_picture()


@pytest.fixture
def planted(session: Session, files: Files, uploaded: bytes) -> Planted:
    item = make_item(session)
    picture = add_picture(session, files, Upload(FILE_NAME, BytesIO(uploaded)))
    picture.item_id, picture.alt = item.id, "A tower"
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
    records = consents_of(session, person)
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
    shares = [share_of(session, person, item, n, "qwx") for n in range(len(STATES))]
    proposal = ParameterProposal(
        year=now().year + 1,
        table="unit",
        metric=Metric.SHARERS,
        floor=150,
        proposed_by=person.id,
    )
    session.add(proposal)
    put_out(session, unit, item)
    session.commit()
    codes = tuple(share.link_code or "" for share in shares)
    ids = tuple(share.public_id for share in shares)
    texts = tuple(f"Qwxtext{n}" for n in range(len(shares)))
    others = ("qwxmember", "Qwxhandle", "qwxtoken", POST_NUMBER, "Qwxjob", CAMERA)
    return Planted(
        person=person,
        item=item,
        picture=picture,
        shares=shares,
        records=records,
        proposal=proposal,
        marks=(*NAMES, str(SUBJECT), *others, *codes, *ids, *texts, *SHOWN_IN_WORDS),
        own=("Qwxname", texts[0]),
    )


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
