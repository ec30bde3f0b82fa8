"""How long things take in a trial: as built, or shorter, so that it ends today."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Pace:
    """Seconds. The defaults are as the product has them; a trial's table row says which."""

    lease: float = 120
    answer: float = 30  # for the network's answer
    wake: float = 1  # between two looks for what is due
    wake_again: int = 15
    sweep: float = 15
    blind: float = 5  # between a picture and its post


AS_BUILT = Pace()
# Where workers die: the shorter the lease, the sooner the next one finds what they left.
BRISK = Pace(lease=4, answer=2.5, wake=0.25, wake_again=3, sweep=1)
# Where nobody waits for a lease: also a busy machine answers in that time.
CALM = Pace(lease=60, answer=8, wake=0.25, wake_again=3, sweep=1)
