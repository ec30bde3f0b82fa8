"""The sample organisation as it is stored: seeded once, through the product's own code."""

import uuid
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import pytest
from sqlalchemy import Engine, func, select, text
from sqlalchemy.orm import Session

from advocacy.consent.chain import verify_chain
from advocacy.consent.models import Consent, Purpose
from advocacy.consent.queries import purposes_on
from advocacy.demo.drawing.pictures import draw
from advocacy.demo.moving import point_links_at
from advocacy.demo.preparing import prepare
from advocacy.demo.seeding import MARIT, is_seeded
from advocacy.links.models import Link
from advocacy.links.queries import visits_of
from advocacy.people.models import Person
from advocacy.people.queries import person_by_email
from advocacy.reach.chain import is_whole
from advocacy.reach.models import HeadSnapshot, Metric, ReleasedFigure
from advocacy.shares.models import Share
from advocacy.shares.queries import shares_of
from content.items import Item, ItemState
from content.media import Media, MediaKind
from content.mentioning import all_mentions
from content.uploads import Upload, add_picture
from integrations.clock import now
from integrations.database import connect, open_session, transaction
from integrations.files import Files
from integrations.local_services import LocalPostgres
from tests.conftest import _drop_database, _make_database, make_settings

IVO = "ivo.terpstra@veenstroom.example"

pytestmark = pytest.mark.timeout(600)


@pytest.fixture(scope="module")
def seeded(
    postgres: LocalPostgres,
    template_database: str,
    _engine: Engine,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[Path]:
    """A seeded database of its own, and the folder that belongs to it.

    An upload that no item took lies there before, as an earlier try would leave it.
    """
    name = f"seeded_{uuid.uuid4().hex[:12]}"
    address = _make_database(postgres, name, template_database)
    folder = tmp_path_factory.mktemp("demo")
    settings = make_settings(
        address,
        "redis://unused",
        folder,
        linkedin_site_base="http://127.0.0.1:8081",
        private_hosts_allowed=("127.0.0.1:8081",),
    )
    engine = connect(address)
    with transaction() as session:
        left = Upload("left.jpg", BytesIO(draw("sheep")))
        add_picture(session, Files(folder / "media"), left)
    engine.dispose()
    prepare(settings)
    prepare(settings)  # as at every start: changes nothing
    engine = connect(address)
    yield folder
    engine.dispose()
    open_session.configure(bind=_engine)
    _drop_database(postgres, name)


@pytest.fixture
def kept(seeded: Path) -> Iterator[Session]:
    """A look at it that leaves no trace."""
    with open_session() as session:
        yield session
        session.rollback()


def test_it_is_seeded_once(kept: Session) -> None:
    assert is_seeded(kept)
    assert kept.scalar(select(func.count()).select_from(Person)) == 620


def test_fourteen_months_of_figures_are_released_and_sealed(kept: Session) -> None:
    per_metric = kept.execute(
        select(ReleasedFigure.metric, func.count())
        .where(ReleasedFigure.table == "organisation")
        .group_by(ReleasedFigure.metric)
    )
    # Thirteen in the few hours between a month's end and the release of its figures.
    assert all(count in {13, 14} for _, count in per_metric)
    assert is_whole(kept, ReleasedFigure)
    newest = kept.scalars(
        select(ReleasedFigure)
        .where(
            ReleasedFigure.metric == Metric.SHARERS,
            ReleasedFigure.table == "organisation",
        )
        .order_by(ReleasedFigure.window_start.desc())
    ).first()
    assert newest is not None
    assert newest.heads > 610
    assert 20 < newest.noisy < 140


def test_quarters_of_units_and_single_items_are_released_too(kept: Session) -> None:
    def windows(table: str) -> int:
        starts = select(func.count(ReleasedFigure.window_start.distinct()))
        return kept.scalar(starts.where(ReleasedFigure.table == table)) or 0

    assert windows("unit") == windows("unit-clicks") in {4, 5}
    assert windows("item") >= 8
    of_units = select(ReleasedFigure.group, ReleasedFigure.heads).where(
        ReleasedFigure.table == "unit", ReleasedFigure.level == "unit"
    )
    groups = kept.execute(of_units).all()
    assert len({row.group for row in groups}) >= 3
    assert all(row.heads >= 100 for row in groups)


def test_every_answer_is_in_the_chain(kept: Session) -> None:
    report = verify_chain(kept)
    assert report.whole
    assert report.count > 200


def test_the_window_under_way_has_its_snapshot(kept: Session) -> None:
    newest = kept.scalar(select(func.max(HeadSnapshot.window_start)))
    assert newest == now().date().replace(day=1)


def test_ivo_begins_with_everything_off(kept: Session) -> None:
    ivo = person_by_email(kept, IVO)
    assert ivo is not None
    assert purposes_on(kept, ivo.id) == frozenset()
    assert shares_of(kept, ivo.id) == []


def test_marit_has_a_little_history_of_her_own(kept: Session) -> None:
    marit = person_by_email(kept, MARIT)
    assert marit is not None
    on = {Purpose.COUNT_MY_CLICKS, Purpose.COUNT_ME_IN}
    assert purposes_on(kept, marit.id) == on
    assert len(shares_of(kept, marit.id)) >= 3
    assert sum(visits_of(kept, marit.id).values()) > 0


def test_nobody_lent_the_service_an_account(kept: Session) -> None:
    lent = select(func.count()).where(Consent.purpose == Purpose.POST_FOR_ME)
    assert kept.scalar(lent) == 0


def test_nothing_happened_in_the_future(kept: Session) -> None:
    assert kept.scalar(select(func.max(Share.posted_at))) <= now()
    assert kept.scalar(text("SELECT max(day) FROM click_day")) <= now().date()
    assert kept.scalar(text("SELECT max(at) FROM consent_event")) <= now()


def test_the_library_is_full(kept: Session) -> None:
    items = kept.scalars(select(Item)).all()
    assert sum(item.shareable(now()) for item in items) >= 10
    assert [item.title for item in items if item.state is ItemState.DRAFT]
    assert [item for item in items if item.offered_at and item.offered_at > now()]
    assert sum(item.pinned for item in items) == 1


def test_media_are_stored_and_none_is_left_loose(kept: Session, seeded: Path) -> None:
    media = kept.scalars(select(Media)).all()
    assert all(row.item_id for row in media)
    assert all((seeded / "media" / row.stored_name).exists() for row in media)
    films = [row for row in media if row.kind is MediaKind.VIDEO]
    assert len(films) == 1
    assert films[0].captions_name
    assert films[0].has_sound
    assert all(row.alt for row in media)
    assert [row.pages for row in media if row.kind is MediaKind.DOCUMENT] == [5]


def test_there_are_organisations_to_mention(kept: Session) -> None:
    assert len(all_mentions(kept)) == 2


def test_links_follow_when_the_sample_website_moves(kept: Session) -> None:
    moved = "http://127.0.0.1:9999/website"
    point_links_at(kept, moved)
    for column in (Item.link_address, Link.target):
        found = kept.scalars(select(column).where(column.is_not(None))).all()
        assert found
        assert all(address.startswith(moved + "/") for address in found)
    before = kept.scalar(select(func.max(Item.updated_at)))
    point_links_at(kept, moved)
    assert kept.scalar(select(func.max(Item.updated_at))) == before
