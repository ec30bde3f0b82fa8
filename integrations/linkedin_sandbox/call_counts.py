"""How many calls an app made today, in all and for each member; over at midnight UTC."""

from collections import Counter

from integrations.clock import now
from integrations.linkedin_sandbox.apps import App
from integrations.linkedin_sandbox.refusals import day_limit

# Stands for an app's members together.
EVERYBODY = ""


class CallCounts:
    """Counters of the present day."""

    def __init__(self) -> None:
        """Nothing was asked yet."""
        self._counts: Counter[tuple[str, str, str]] = Counter()

    def count(self, app: App, sub: str) -> None:
        """One more call; refused when it is one too many."""
        limits = {
            ("APPLICATION_AND_MEMBER", sub): app.member_calls_a_day,
            ("APPLICATION", EVERYBODY): app.app_calls_a_day,
        }
        for (level, who), limit in limits.items():
            self._counts[_today(), app.client_id, who] += 1
            if limit is not None and self.of(app, who) > limit:
                raise day_limit(level)

    def of(self, app: App, who: str) -> int:
        """The calls of today, for one member or for everybody."""
        return self._counts[_today(), app.client_id, who]

    def set(self, app: App, who: str, calls: int) -> None:
        """As if there had been so many calls today."""
        self._counts[_today(), app.client_id, who] = calls

    def today(self) -> list[dict[str, object]]:
        """All counters of today; `member` is empty for everybody together."""
        return [
            {"client_id": client_id, "member": who, "calls": calls}
            for (day, client_id, who), calls in self._counts.items()
            if day == _today()
        ]


def _today() -> str:
    return now().date().isoformat()
