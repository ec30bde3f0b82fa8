"""What came of each change so far, so that a run that was broken off can go on."""

from hashlib import sha256
from pathlib import Path


class Notes:
    """One line for each change, added by the child that tried it."""

    def __init__(self, file: Path) -> None:
        """The file belongs to one commit: another's tests may notice something else."""
        self.file = file
        file.parent.mkdir(parents=True, exist_ok=True)
        file.touch()

    def add(self, change: str, status: int) -> int:
        """Note a status, and hand it on."""
        with self.file.open("a") as notes:
            notes.write(f"{_key(change)} {status}\n")
        return status

    def known(self, changes: list[str]) -> dict[str, int]:
        """The statuses of those changes that were tried."""
        lines = dict(line.split() for line in self.file.read_text().splitlines())
        keys = {change: _key(change) for change in changes}
        return {one: int(lines[key]) for one, key in keys.items() if key in lines}


def _key(change: str) -> str:
    return sha256(change.encode()).hexdigest()
