"""The whole service on a PostgreSQL of its own, for attacks through its pages and files."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from functools import cache
from itertools import count
from multiprocessing import util
from pathlib import Path
from tempfile import mkdtemp
from unittest.mock import patch

from flask.testing import FlaskClient
from sqlalchemy import Engine, create_engine, text
from sqlalchemy.orm import Session

from advocacy.app import create_app
from advocacy.migrations.running import upgrade
from advocacy.people.models import Person
from advocacy.people.sign_ins import start_sign_in
from advocacy.reach.drafts import Drafts
from advocacy.reach.tasks import open_drafts, run_due_releases
from integrations.clock import clock_at, now
from integrations.database import open_session, transaction
from integrations.local_services import LocalPostgres, LocalValkey
from tests.attacks.draws import Draws
from tests.compiled_templates import COMPILED
from tests.conftest import make_settings

EMPTY = "empty"
NOBODY_THERE = "http://127.0.0.1:9"  # no attack calls a network
_numbers = count(1)


class Services:
    """What all stages of one process share; ended with the process."""

    def __init__(self) -> None:
        self.postgres = LocalPostgres(durable=False)
        self.valkey = LocalValkey()
        self.folder = Path(mkdtemp(prefix="attacks-"))
        # Also runs when a child process ends, where atexit does not.
        util.Finalize(None, self.stop, exitpriority=10)
        self.make(EMPTY)
        with _bound():
            upgrade(self.postgres.address(EMPTY))

    def make(self, name: str, template: str = "template1") -> None:
        self._say(f"CREATE DATABASE {name} TEMPLATE {template} STRATEGY file_copy")

    def drop(self, name: str) -> None:
        self._say(f"DROP DATABASE {name} WITH (FORCE)")

    def _say(self, statement: str) -> None:
        engine = create_engine(self.postgres.address(), isolation_level="AUTOCOMMIT")
        with engine.connect() as connection:
            connection.execute(text(statement))
        engine.dispose()

    def stop(self) -> None:
        self.postgres.stop()
        self.valkey.stop()
        shutil.rmtree(self.folder, ignore_errors=True)


@cache
def services() -> Services:
    return Services()


class Stage:
    """One world: a database, the application on it, and browsers of who lives there."""

    def __init__(self, name: str) -> None:
        self.name = name
        known = services()
        self.drafts = Drafts(known.folder / name)
        settings = make_settings(
            known.postgres.address(name),
            known.valkey.address,
            known.folder / "data",
            linkedin_oauth_base=NOBODY_THERE,
            linkedin_api_base=NOBODY_THERE,
        )
        self.app = create_app(settings)
        self.app.testing = True
        self.app.jinja_env.bytecode_cache = COMPILED
        self.app.config.update(WTF_CSRF_ENABLED=False, RATELIMIT_ENABLED=False)
        self.engine: Engine = self.app.extensions["advocacy"].outside.engine

    @contextmanager
    def on(self) -> Iterator[None]:
        """Everything inside happens in this world."""
        with _bound():
            open_session.configure(
                bind=self.engine, join_transaction_mode="conditional_savepoint"
            )
            yield

    @contextmanager
    def session(self) -> Iterator[Session]:
        """Stored at the end."""
        with self.on(), transaction() as session:
            yield session

    def run_job(self, at: datetime, draws: Draws) -> None:
        """The clock's own job, with a coin that is the same in every run."""
        with (
            self.on(),
            clock_at(at),
            patch("advocacy.reach.drawing.noisy_sum", draws),
        ):
            open_drafts(self.drafts)
            run_due_releases()

    def browser(self, person_id: int | None) -> FlaskClient:
        """One in which this person has just signed in, or nobody. Inside `on`."""
        client = self.app.test_client()
        if person_id is None:
            return client
        with transaction() as session:
            person = session.get_one(Person, person_id)
            token = start_sign_in(session, person, now())
        with client.session_transaction() as cookie:
            cookie["_user_id"] = token
            cookie["_fresh"] = True
        return client

    @contextmanager
    def copy(self) -> Iterator["Stage"]:
        """The same world once more, which may go on otherwise."""
        self.engine.dispose()
        with stage(self.name) as other:
            yield other


@contextmanager
def stage(template: str = EMPTY) -> Iterator[Stage]:
    """A world of its own, empty or like another."""
    name = f"stage_{next(_numbers)}"
    services().make(name, template)
    with _bound():
        made = Stage(name)
    try:
        yield made
    finally:
        made.engine.dispose()
        services().drop(name)


@contextmanager
def _bound() -> Iterator[None]:
    """Whoever had a database before has it again afterwards."""
    before = dict(open_session.kw)
    try:
        yield
    finally:
        open_session.configure(**before)
