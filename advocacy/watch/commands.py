"""The same from a terminal."""

import sys
from collections.abc import Mapping

from advocacy.watch.alarms import alarms
from advocacy.watch.report import lines
from advocacy.watch.state import service_state
from integrations.database import transaction
from integrations.network import Network


def look(networks: Mapping[str, Network]) -> int:
    """One fact a line; 1 when somebody should look, for programs that ask every minute."""
    with transaction() as session:
        state = service_state(session, networks)
    for line in lines(state):
        sys.stdout.write(f"{line}\n")
    return 1 if alarms(state) else 0
