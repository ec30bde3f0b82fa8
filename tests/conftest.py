"""The real parts every test stands on: PostgreSQL, Valkey, the application."""

import base64
import os
import uuid
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import Connection, Engine, create_engine, text
from sqlalchemy.orm import Session
from xdist.remote import Producer
from xdist.scheduler import LoadFileScheduling

from advocacy.config import Settings
from advocacy.migrations.running import upgrade
from advocacy.web.logs import set_up_logs
from integrations.database import connect, open_session
from integrations.local_services import LocalPostgres, LocalValkey
from tests.browsers import launch_arguments
from tests.compiled_templates import COMPILED

os.environ.setdefault("OAUTHLIB_INSECURE_TRANSPORT", "1")
os.environ.setdefault("C_FORCE_ROOT", "1")
set_up_logs()
TEMPLATE = "advocacy_template"
JOURNEYS = "tests/journeys/"
# Files of minutes: begun last, one of them would keep the whole run waiting.
LONGEST = (JOURNEYS, "tests/crash/")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Begin with what takes longest; otherwise the order stays.

    A walk in a browser gets a second try: on a machine that stops for seconds a click goes
    lost now and then. `./run test` shows the first try as well, and allows three in all.
    """
    items.sort(key=lambda item: [not item.nodeid.startswith(one) for one in LONGEST])
    for item in items:
        if item.get_closest_marker("journey"):
            item.add_marker(pytest.mark.flaky(reruns=1))


class _JourneysTogether(LoadFileScheduling):
    """A file stays in one process; all journeys do, as they share a demonstration."""

    def _split_scope(self, nodeid: str) -> str:
        return JOURNEYS if nodeid.startswith(JOURNEYS) else super()._split_scope(nodeid)


@pytest.hookimpl(optionalhook=True)  # with xdist switched off too
def pytest_xdist_make_scheduler(
    config: pytest.Config, log: Producer
) -> _JourneysTogether:
    return _JourneysTogether(config, log)


@pytest.fixture(scope="session")
def browser_type_launch_args() -> dict[str, object]:
    """Instead of pytest-playwright's own."""
    return launch_arguments()


@pytest.fixture(scope="session")
def postgres() -> Iterator[LocalPostgres]:
    server = LocalPostgres(durable=False)
    yield server
    server.stop()


@pytest.fixture(scope="session")
def valkey() -> Iterator[LocalValkey]:
    server = LocalValkey()
    yield server
    server.stop()


def _make_database(postgres: LocalPostgres, name: str, template: str = "") -> str:
    engine = create_engine(postgres.address(), isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        source = f" TEMPLATE {template}" if template else ""
        connection.execute(text(f"CREATE DATABASE {name}{source} STRATEGY file_copy"))
    engine.dispose()
    return postgres.address(name)


def _drop_database(postgres: LocalPostgres, name: str) -> None:
    engine = create_engine(postgres.address(), isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.execute(text(f"DROP DATABASE {name} WITH (FORCE)"))
    engine.dispose()


@pytest.fixture(scope="session")
def template_database(postgres: LocalPostgres) -> str:
    """A migrated, empty database that others are copied from; nobody connects to it."""
    address = _make_database(postgres, TEMPLATE)
    upgrade(address)
    return TEMPLATE


@pytest.fixture(scope="session")
def _engine(postgres: LocalPostgres, template_database: str) -> Iterator[Engine]:
    address = _make_database(postgres, "advocacy_test", template_database)
    # A machine that stops for seconds is no reason for a test to fail.
    engine = connect(address, statement_timeout_ms=60_000)
    yield engine
    engine.dispose()


@pytest.fixture
def connection(_engine: Engine) -> Iterator[Connection]:
    """One outer transaction, rolled back after the test."""
    with _engine.connect() as connection:
        outer = connection.begin()
        open_session.configure(
            bind=connection, join_transaction_mode="create_savepoint"
        )
        yield connection
        if outer.is_active:
            outer.rollback()
    open_session.configure(bind=_engine, join_transaction_mode="conditional_savepoint")


@pytest.fixture
def session(connection: Connection) -> Iterator[Session]:
    """A session inside the outer transaction; `transaction()` shares it through savepoints."""
    with open_session() as session:
        yield session


@pytest.fixture
def database_url(
    postgres: LocalPostgres, template_database: str, _engine: Engine
) -> Iterator[str]:
    """A database of its own, really committed to: for threads, processes and browsers.

    `transaction()` works on it while the test runs.
    """
    name = f"advocacy_{uuid.uuid4().hex[:12]}"
    address = _make_database(postgres, name, template_database)
    engine = connect(address)
    yield address
    engine.dispose()
    open_session.configure(bind=_engine)
    _drop_database(postgres, name)


@pytest.fixture
def settings(postgres: LocalPostgres, valkey: LocalValkey, tmp_path: Path) -> Settings:
    """Settings as a process would read them; the database is the shared test one."""
    return make_settings(
        postgres.address("advocacy_test"), valkey.address, tmp_path / "data"
    )


def make_settings(
    database_url: str, redis_url: str, folder: Path, **others: object
) -> Settings:
    """Valid settings for a test; `others` replaces single ones."""
    folder.mkdir(parents=True, exist_ok=True)
    values: dict[str, object] = {
        "database_url": database_url,
        "redis_url": redis_url,
        "broker_url": redis_url,
        "base_url": "http://localhost",
        "secret_key": "a-secret-key-for-tests-only-of-length-40",
        "token_keys": {
            "k1": base64.b64decode("MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDE=")
        },
        "data_folder": folder,
        "organisation": "Veenstroom",
        "demo": True,
        "linkedin_client_id": "test-client",
        "linkedin_client_secret": "test-secret",
    } | others
    return Settings(**values)  # type: ignore[arg-type]


@pytest.fixture
def app(settings: Settings, connection: Connection) -> Iterator[Flask]:
    """The application, inside the outer transaction of this test."""
    from advocacy.app import create_app  # noqa: PLC0415  (slices may be under work)

    app = create_app(settings)
    app.testing = True
    app.jinja_env.bytecode_cache = COMPILED
    app.config["WTF_CSRF_ENABLED"] = False
    app.config["RATELIMIT_ENABLED"] = False
    open_session.configure(bind=connection, join_transaction_mode="create_savepoint")
    yield app
    app.extensions["advocacy"].outside.engine.dispose()


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    return app.test_client()
