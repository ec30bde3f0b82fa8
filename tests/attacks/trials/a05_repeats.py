"""A5: the same figure read again and again, to average the noise away."""

import json
import re
from html import unescape

from advocacy.reach.attack_said import said
from advocacy.reach.models import Metric
from advocacy.reach.tables import TABLES
from integrations.clock import clock_at
from tests.attacks.averaging import REACHES, TIMES, averaged
from tests.attacks.draws import Draws
from tests.attacks.judging import Finding
from tests.attacks.lengths import Lengths
from tests.attacks.reading import addresses_of_figures
from tests.attacks.stage import Stage, stage
from tests.attacks.town import ALL_OUT, RELEASES, Town, build

SHARERS = TABLES["organisation"].measure(Metric.SHARERS)


def findings(lengths: Lengths) -> list[Finding]:
    with stage() as world:
        town = build(world)
        for at in RELEASES:
            world.run_job(at, Draws.seeded("A5"))
        values = _read(world, town, lengths.readings)
    naive = averaged(SHARERS, lengths.coin("A5"))
    most = max(map(len, values.values()))
    return [
        Finding(
            attack="A5",
            what=said("read again", addresses=len(values), times=lengths.readings),
            naive=said("drawn again", times=TIMES, right=f"{naive:.3f}"),
            succeeds=naive >= REACHES,
            reached=most,
            bound=1,
            withstood=most == 1,
        )
    ]


def _read(world: Stage, town: Town, times: int) -> dict[str, set[str]]:
    """What was ever read at each address, by numbers alone."""
    found: dict[str, set[str]] = {}
    with world.on(), clock_at(ALL_OUT):
        managers = [
            world.browser(town.readers[name]) for name in ("manager", "colleague")
        ]
        for address in addresses_of_figures(world):
            for n in range(times):
                answer = managers[n % 2].get(address)
                if answer.status_code == 200:
                    found.setdefault(address, set()).add(_numbers(answer.text))
    return found


def _numbers(text: str) -> str:
    """What the page says, without tokens of the browser and whose name is above."""
    if text.startswith("{"):
        return json.dumps(json.loads(text))
    main = re.search(r"<main.*</main>", text, re.DOTALL)
    said = main[0] if main else text
    said = re.sub(r'name="csrf_token" value="[^"]*"|nonce="[^"]*"', "", said)
    return unescape(said)
