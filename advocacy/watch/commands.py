"""The same from a terminal."""

import sys
from collections.abc import Mapping
from pathlib import Path

from advocacy.links.spool import Spool
from advocacy.watch.alarms import alarms
from advocacy.watch.report import lines
from advocacy.watch.state import service_state
from integrations.database import transaction
from integrations.network import Network


def look(networks: Mapping[str, Network], data_folder: Path) -> int:
    """One fact a line; 1 when somebody should look, for programs that ask every minute."""
    kept = Spool(data_folder).count()
    with transaction() as session:
        state = service_state(session, networks, kept)
    for line in lines(state):
        sys.stdout.write(f"{line}\n")
    return 1 if alarms(state) else 0
