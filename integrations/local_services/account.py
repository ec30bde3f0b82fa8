"""Under which account PostgreSQL runs: our own, or as root somebody else's."""

import os
import pwd
import shutil
from dataclasses import dataclass
from pathlib import Path
from typing import Any


@dataclass(frozen=True)
class Account:
    """Somebody to run a program as; empty for ourselves."""

    user: int | None = None
    group: int | None = None

    @property
    def arguments(self) -> dict[str, Any]:
        """What `subprocess` wants to hear."""
        if self.user is None:
            return {}
        return {"user": self.user, "group": self.group, "extra_groups": []}

    def own(self, folder: Path) -> None:
        """Hand a folder over to it."""
        if self.user is not None and self.group is not None:
            os.chown(folder, self.user, self.group)


def account_for(data: Path) -> Account:
    """Ourselves; for root the data's owner, else an account that is always there."""
    if os.geteuid() != 0:
        return Account()
    if data.exists() and (owner := data.stat()).st_uid != 0:
        return Account(owner.st_uid, owner.st_gid)
    accounts = {entry.pw_name: entry for entry in pwd.getpwall()}
    chosen = accounts.get("postgres") or accounts["nobody"]
    return Account(chosen.pw_uid, chosen.pw_gid)


def reachable_programs(programs: Path, account: Account, copies: Path) -> Path:
    """The programs' folder, or a copy where the account could not walk down to it."""
    programs = programs.resolve()
    folders = [programs, *programs.parents]
    if account.user is None or all(folder.stat().st_mode & 1 for folder in folders):
        return programs
    package = programs.parents[1]
    # The wheel's libraries lie beside the package and are found relative to it.
    for source in (package, package.parent / f"{package.name}.libs"):
        if source.is_dir():
            shutil.copytree(source, copies / source.name, symlinks=True)
    return copies / package.name / programs.relative_to(package)
