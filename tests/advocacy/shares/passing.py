"""What time and the service's own fate do in a story: leases, copies, a stop."""

from datetime import timedelta

from sqlalchemy import func, update

from advocacy.shares.installation_file import InstallationFile, Kept
from advocacy.shares.models import Share
from advocacy.shares.pausing import release_publishing, stop_publishing
from advocacy.shares.restoring import check_in
from advocacy.shares.service_rows import Installation, StopCause
from integrations.database import transaction


class Times:
    """Needs share, oracle and a folder."""

    def lease_runs_out(self):
        self._change(lease_until=func.clock_timestamp() - timedelta(seconds=1))
        self.oracle.lease_over = True

    def next_try_comes(self):
        at = func.clock_timestamp()
        self._change(next_at=at, due_at=func.least(Share.due_at, at))
        self.oracle.waits = False

    def hours_go_by(self):
        self._change(due_at=func.clock_timestamp() - timedelta(hours=7))
        self.oracle.late = True

    def stop_the_service(self):
        with transaction() as session:
            stop_publishing(session, StopCause.BY_HAND)
        self.oracle.service_stopped = True

    def release_the_service(self):
        with transaction() as session:
            release_publishing(session)
        self.oracle.service_stopped = False

    def put_back_a_copy(self):
        """A worker starts, and the disk knows of a later mark than the database."""
        file = InstallationFile(self.folder)
        with transaction() as session:
            row = session.get(Installation, 1)
            file.write(Kept(row.name if row else "here", ("what the disk saw last",)))
            assert not check_in(session, file)
        self.oracle.restore()

    def _change(self, **values):
        with transaction() as session:
            session.execute(update(Share).where(Share.id == self.share).values(values))
