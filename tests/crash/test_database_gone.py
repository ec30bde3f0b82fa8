"""The database server goes while an answer is on its way, or takes no changes any more."""

import pytest
from sqlalchemy import create_engine, text

from advocacy.migrations.running import upgrade
from advocacy.shares.models import ShareState
from integrations.database import connect, open_session
from integrations.local_services import LocalPostgres
from tests.crash.conftest import Sharing
from tests.crash.processes import Place, wait_for
from tests.refusing import MAY_WRITE

S = ShareState


class Server:
    """A database server that this test may stop and start."""

    def __init__(self, folder):
        self.folder = folder
        self.start()
        upgrade(self.address)

    def start(self):
        self.running = LocalPostgres(self.folder)
        self.address = self.running.address()
        self.engine = connect(self.address)

    def takes_changes(self, how):
        """At once, also over connections that are open; `how` is on or off."""
        engine = create_engine(
            self.address, isolation_level="AUTOCOMMIT", connect_args=MAY_WRITE
        )
        only_reads = "off" if how == "on" else "on"
        with engine.connect() as connection:
            setting = f"ALTER SYSTEM SET default_transaction_read_only = {only_reads}"
            connection.execute(text(setting))
            connection.execute(text("SELECT pg_reload_conf()"))
        engine.dispose()

    def stop(self):
        self.engine.dispose()
        self.running.stop()


@pytest.fixture
def server(tmp_path, _engine):
    server = Server(tmp_path / "server")
    yield server
    server.stop()
    open_session.configure(bind=_engine)


def test_an_answer_outlives_its_database_and_its_worker(
    server, broker, sandbox, tmp_path
):
    place = Place(tmp_path, server.address, broker.address, sandbox.address)
    sharing = Sharing(sandbox)
    try:
        worker = place.worker()
        place.clock()
        sandbox.set_fault("slow")
        share_id = sharing.due()
        wait_for(lambda: sandbox.creates == 1, "the create call")
        server.stop()
        kept = tmp_path / "data" / "outcomes" / f"{share_id}-1.json"
        wait_for(kept.exists, "the answer on the disk")
        worker.kill()
        place.stop()

        server.start()
        assert sharing.get(share_id).state is S.SENDING
        place = Place(tmp_path, server.address, broker.address, sandbox.address)
        place.worker()

        sharing.becomes(share_id, S.PUBLISHED)
        assert not kept.exists()
        assert sharing.get(share_id).post_id == sandbox.posts()[0]["urn"]
        assert sandbox.creates == 1
    finally:
        place.stop()


def test_an_answer_waits_for_a_database_that_takes_no_changes(
    server, broker, sandbox, tmp_path
):
    place = Place(tmp_path, server.address, broker.address, sandbox.address)
    sharing = Sharing(sandbox)
    try:
        place.worker()
        place.clock()
        sandbox.set_fault("slow")
        share_id = sharing.due()
        wait_for(lambda: sandbox.creates == 1, "the create call")
        server.takes_changes("off")
        kept = tmp_path / "data" / "outcomes" / f"{share_id}-1.json"
        wait_for(kept.exists, "the answer on the disk")
        assert sharing.get(share_id).state is S.SENDING

        server.takes_changes("on")
        sharing.becomes(share_id, S.PUBLISHED)
        wait_for(lambda: not kept.exists(), "the disk forgetting it")
        assert sandbox.creates == 1
    finally:
        place.stop()
