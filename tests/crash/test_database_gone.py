"""The database server goes while an answer is on its way, and then the worker too."""

import pytest

from advocacy.migrations.running import upgrade
from advocacy.shares.models import ShareState
from integrations.database import connect, open_session
from integrations.local_services import LocalPostgres
from tests.crash.conftest import Sharing
from tests.crash.processes import Place, wait_for

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
