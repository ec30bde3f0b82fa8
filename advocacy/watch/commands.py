"""The same from a terminal."""

import sys
from collections.abc import Mapping

from advocacy.config import Settings
from advocacy.links.spool import Spool
from advocacy.watch.alarms import alarms
from advocacy.watch.report import lines
from advocacy.watch.state import service_state
from integrations.database import transaction
from integrations.memory_server import what_is_wrong
from integrations.network import Network


def look(networks: Mapping[str, Network], settings: Settings) -> int:
    """One fact a line; 1 when somebody should look, for programs that ask every minute."""
    kept = Spool(settings.data_folder).count()
    visitors = what_is_wrong(settings.visitors_redis_url)
    with transaction() as session:
        state = service_state(session, networks, kept, visitors)
    for line in lines(state):
        sys.stdout.write(f"{line}\n")
    return 1 if alarms(state) else 0
