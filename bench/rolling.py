"""One process that counts waiting batches, as the product does, and tells how fast.

    python -m bench.rolling ADDRESS BATCHES TIMES

Prints a line of JSON: batches and seconds of each round, and the process's peak memory.
"""

import json
import resource
import sys
import time

from advocacy.links.rollup import count_batches, next_generation
from integrations.database import connect, transaction


def main() -> None:
    """Until nothing waits, or so many times."""
    address, together, times = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
    connect(address, statement_timeout_ms=900_000)
    with transaction() as session:
        generation = next_generation(session)
    rounds: list[tuple[int, float]] = []
    more = True
    while more and len(rounds) < times:
        start = time.perf_counter()
        with transaction() as session:
            more = count_batches(session, generation, together)
        if more:  # the last round has fewer, nobody knows how many
            rounds.append((together, time.perf_counter() - start))
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(json.dumps({"rounds": rounds, "megabytes": peak}))


if __name__ == "__main__":
    main()
