"""The processes of the demonstration, in the order in which they start."""

import sys
import urllib.error
import urllib.request
from collections.abc import Mapping

from advocacy.demo.children import Child
from advocacy.demo.environment import (
    CLIENT_ID,
    CLIENT_SECRET,
    FIGURES_CLIENT_ID,
    ROOT,
    Place,
)
from advocacy.demo.ports import HOST

# Straight to this machine, whatever proxy the environment names.
_direct = urllib.request.build_opener(urllib.request.ProxyHandler({}))


def answers(address: str) -> bool:
    """Whether a server there answers, and well."""
    try:
        with _direct.open(address, timeout=5) as answer:
            return bool(answer.status < 400)
    except (OSError, urllib.error.URLError):
        return False


class Processes:
    """Makes the children of one run."""

    def __init__(self, place: Place, environment: Mapping[str, str]) -> None:
        self._place = place
        self._environment = environment

    def preparing(self) -> Child:
        """Migrations and, the first time, the sample organisation; ends by itself."""
        return self._python("prepare", "advocacy.demo.preparing")

    def sandbox(self, members: list[str]) -> Child:
        """The pretend LinkedIn, with its feed and the sample website."""
        place = self._place
        options = ["--folder", str(place.folder / "sandbox")]
        options += ["--host", HOST, "--port", str(place.sandbox_port)]
        options += ["--client-id", CLIENT_ID, "--client-secret", CLIENT_SECRET]
        options += ["--redirect", f"{place.address}/accounts/linkedin/back"]
        options += ["--figures-client-id", FIGURES_CLIENT_ID]
        options += ["--figures-client-secret", CLIENT_SECRET]
        options += ["--redirect", f"{place.address}/accounts/linkedin-figures/back"]
        options += ["--static", str(ROOT / "advocacy" / "static")]
        options += ["--website", str(place.website), "--home", f"{place.address}/"]
        for name in members:
            options += ["--member", name]
        child = self._python("sandbox", "integrations.linkedin_sandbox", *options)
        child.ready = lambda _child: answers(f"{place.sandbox}/feed/")
        return child

    def web(self) -> Child:
        """One process does pages and tracked links."""
        options = ["--interface", "rsgi", "--factory", "--no-ws", "--http", "1"]
        options += ["--host", HOST, "--port", str(self._place.port)]
        options += ["--workers", "1", "--backpressure", "1024"]
        options += ["--runtime-blocking-threads", "16"]
        options += ["--workers-kill-timeout", "5", "--log-level", "warning"]
        child = self._python("web", "granian", *options, "advocacy.app:create_rsgi")
        child.ready = lambda _child: answers(f"{self._place.address}/readyz")
        return child

    def worker(self) -> Child:
        """Posts and everything else that takes time."""
        options = ["worker", "--loglevel", "info"]
        options += ["--without-gossip", "--without-mingle"]
        child = self._python("worker", "advocacy.at_work", *options)
        child.ready = lambda child: child.has_written(" ready.")
        return child

    def clock(self) -> Child:
        """Says when it is time for what comes back by itself."""
        options = ["beat", "--loglevel", "info", "--pidfile", ""]
        child = self._python("clock", "advocacy.at_work", *options)
        child.ready = lambda child: child.has_written("beat: Starting...")
        return child

    def _python(self, name: str, module: str, *options: str) -> Child:
        return Child(
            name=name,
            command=[sys.executable, "-m", module, *options],
            environment=self._environment,
            folder=ROOT,
            log=self._place.folder / "logs" / f"{name}.log",
        )
