"""Every create call that ever arrived, and what became of it: the judge of long runs."""

import json
from collections import Counter
from dataclasses import asdict, dataclass
from hashlib import sha256
from pathlib import Path

from integrations.clock import now


@dataclass
class CreateCall:
    """The n-th call, with a body that arrived for the `time`-th time.

    `answered` is a status, "nothing" or "nonsense"; empty while the call is under way.
    """

    n: int
    received_at: float
    member: str
    sha256: str
    time: int = 1
    fault: str = "behave"
    committed: bool = False
    urn: str = ""
    answered: str = ""
    answered_at: float | None = None


class CreatesLog:
    """Only ever longer. On disk each line replaces the earlier ones of the same call."""

    def __init__(self, file: Path | None) -> None:
        """Remember what an earlier run wrote into `file`; None keeps nothing."""
        self._file = file
        self._calls: dict[int, CreateCall] = {}
        self._seen: Counter[str] = Counter()
        if file and file.exists():
            for line in file.read_text().splitlines():
                call = CreateCall(**json.loads(line))
                self._calls[call.n] = call
        self._seen.update(call.sha256 for call in self._calls.values())

    def __len__(self) -> int:
        """How many calls arrived."""
        return len(self._calls)

    def all(self) -> list[CreateCall]:
        """Every call, in the order of arrival."""
        return list(self._calls.values())

    def arrived(self, member: str, body: bytes) -> CreateCall:
        """A call is here; `member` is whose token it has, as far as that is known."""
        digest = sha256(body).hexdigest()
        self._seen[digest] += 1
        call = CreateCall(
            n=len(self) + 1,
            received_at=now().timestamp(),
            member=member,
            sha256=digest,
            time=self._seen[digest],
        )
        self._calls[call.n] = call
        self._write(call)
        return call

    def committed(self, call: CreateCall, urn: str) -> None:
        """The post stands."""
        call.committed, call.urn = True, urn
        self._write(call)

    def answered(self, call: CreateCall, what: str) -> None:
        """What the caller was told; the first word counts."""
        if not call.answered:
            call.answered, call.answered_at = what, now().timestamp()
            self._write(call)

    def _write(self, call: CreateCall) -> None:
        if self._file:
            with self._file.open("a") as file:
                file.write(json.dumps(asdict(call)) + "\n")
