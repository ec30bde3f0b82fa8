"""How a released figure is shown, decided by the noisy value alone (privacy.md 1.5)."""

from dataclasses import dataclass

from advocacy.reach.models import Metric

STEP = {Metric.SHARERS: 5, Metric.CLICKS: 10}


@dataclass(frozen=True)
class Shown:
    """What people see: about so many, give or take; no value: too few to show."""

    value: int | None
    margin: int


def shown(metric: Metric, noisy: int, margin: int) -> Shown:
    """Colleagues to the nearest five and never below none; visits from the margin on."""
    if metric is Metric.SHARERS:
        return Shown(max(0, _rounded(noisy, STEP[metric])), margin)
    # The margin is two sigmas: below it the figure says nothing but noise.
    if noisy < margin:
        return Shown(None, margin)
    return Shown(_rounded(noisy, STEP[metric]), margin)


def _rounded(value: int, step: int) -> int:
    return (value + step // 2) // step * step
