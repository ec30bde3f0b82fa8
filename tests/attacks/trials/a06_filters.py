"""A6: questions: a unit in a week, an item in a unit, words that no page knows.

The same questions are put to the service and to a site that answers them all, each in two
worlds: people shared in one and nobody in the other.
"""

from collections.abc import Iterator
from urllib.parse import urlencode

from sqlalchemy import delete

from advocacy.reach.attack_said import Said, said
from advocacy.shares.models import Share
from integrations.clock import clock_at
from tests.attacks.draws import Draws
from tests.attacks.judging import Finding
from tests.attacks.lengths import Lengths
from tests.attacks.naive_filters import naive_site
from tests.attacks.reading import addresses_of_figures, plain
from tests.attacks.stage import Stage, stage
from tests.attacks.town import ALL_OUT, RELEASES, Town, build
from tests.attacks.walking import bytes_of, same_chance

Answers = dict[str, bytes]  # by address
WORDS = ("unit", "item", "week", "person", "sort", "group_by", "format", "page", "q")
REFUSED = 404


def findings(lengths: Lengths) -> list[Finding]:
    del lengths
    with stage() as world, stage() as empty:
        town = build(world)
        for at in RELEASES:
            world.run_job(at, Draws.seeded("A6"))
        readers = build(empty).readers
        with empty.session() as session:
            session.execute(delete(Share))
        asked = list(_questions(world, town))
        there = _ask(world, town.readers, asked)
        absent = _ask(empty, readers, asked)
        naive = _told(_ask_naive(world, asked), _ask_naive(empty, asked))
    differ, answers = _told(there, absent)
    return [
        Finding(
            attack="A6",
            what=said("questions", asked=len(there)),
            naive=_reached(*naive),
            succeeds=naive[0] > 0,
            reached=_reached(differ, answers),
            bound=said("answers at most", differ=0, said=REFUSED),
            withstood=differ == 0 and answers == {REFUSED},
        )
    ]


def _told(there: Answers, absent: Answers) -> tuple[int, set[int]]:
    """How many answers tell the two worlds apart, and all that came back."""
    differ = sum(one != absent[key] for key, one in there.items())
    return differ, {int(answer[:3]) for answer in there.values()}


def _reached(differ: int, answers: set[int]) -> Said:
    """With the worst of what was answered."""
    worst = next((one for one in sorted(answers) if one != REFUSED), REFUSED)
    return said("answers", differ=differ, said=worst)


def _questions(world: Stage, town: Town) -> Iterator[str]:
    values = ["1", "999999", "Field", "2026-W41", "*", "{reach{noisy}}"]
    values.append(str(town.units["Field"]))
    with world.on():
        found = addresses_of_figures(world)
    for address in found:
        for word in WORDS:
            for value in values:
                yield f"{address}?{urlencode({word: value})}"
        yield f"{address}?" + urlencode(
            {"unit": town.units["Field"], "item": town.item.id, "week": "2026-W41"}
        )
    for tail in ("graphql", "Field", "groups/1", "groups", "2026", "units/1"):
        yield f"/reach/{tail}"
        yield f"/reach/{tail}.json"


def _ask(world: Stage, readers: dict[str, int], asked: list[str]) -> Answers:
    answers = {}
    with world.on(), clock_at(ALL_OUT):
        with same_chance("sign in"):
            browser = world.browser(readers["auditor"])
            assert browser.get("/reach").status_code == 200
        for address in asked:
            with same_chance(address):
                answers[address] = plain(bytes_of(browser.get(address)))
    return answers


def _ask_naive(world: Stage, asked: list[str]) -> Answers:
    with world.session() as session:
        browser = naive_site(session)
        return {address: bytes_of(browser.get(address)) for address in asked}
