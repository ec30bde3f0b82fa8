"""The product's own source, read for what must never be in it (privacy.md 5)."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PACKAGES = ("advocacy", "content", "integrations")
# In English, Dutch and German, as whole words of a name or an address.
RANKS = frozenset(
    {"badge", "badges", "bestenliste", "competition", "inactive", "leader"}
    | {"leaderboard", "leaderboards", "ranking", "rankings", "ranglijst", "rangliste"}
    | {"rewards", "score", "scores", "streak", "streaks", "top", "wedstrijd"}
    | {"winner", "winners", "wettbewerb"}
)
# What opens a connection, or sends a letter.
OUTWARD = frozenset(
    {
        "aiohttp",
        "ftplib",
        "http.client",
        "httpx",
        "requests",
        "requests_oauthlib",
        "smtplib",
        "socket",
        "urllib.request",
        "urllib3",
        "websockets",
    }
)


def modules() -> Iterator[tuple[str, ast.Module]]:
    """Each file of the product with its tree."""
    for package in PACKAGES:
        for file in sorted((ROOT / package).rglob("*.py")):
            yield str(file.relative_to(ROOT)), ast.parse(file.read_text())


def words_of_rank(name: str) -> set[str]:
    """Those in a name like `top_sharers` or an address like `/figures/top`."""
    return RANKS & set(re.findall(r"[a-z]+", name.lower()))


def groups_by_person(tree: ast.Module) -> bool:
    """Whether a query in it makes a row of each person."""
    return any(
        word in ast.unparse(argument).lower()
        for node in ast.walk(tree)
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr == "group_by"
        for argument in node.args
        for word in ("person", "subject", "email")
    )


def outward_imports(tree: ast.Module) -> set[str]:
    """The libraries it takes to talk to others."""
    found = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            names = [node.module or ""]
            names += [f"{node.module}.{alias.name}" for alias in node.names]
        else:
            continue
        for name in names:
            parts = name.split(".")
            whole = {".".join(parts[:n]) for n in range(1, len(parts) + 1)}
            found |= whole & OUTWARD
    return found
