"""T9: a clone of the installation elsewhere posts nothing, whoever releases it."""

from datetime import timedelta

from advocacy.shares.models import ShareState
from advocacy.shares.pausing import release_publishing
from integrations.database import transaction
from tests.crash.copies import copy_of, elsewhere
from tests.crash.evidence import creates
from tests.crash.judge import judge
from tests.crash.pace import CALM
from tests.crash.scene import Scene, scene, wait_for
from tests.crash.table import Row, Watch
from tests.crash.trials.copied import (
    compare,
    due_in,
    number_of,
    prepare,
    start_and_watch,
    stop_all,
    work_until_posted,
)
from tests.crash.trials.part import Part
from tests.crash.world import World

S = ShareState
ANOTHER_KEY = "k1:YW5vdGhlciBrZXkgYW5vdGhlciBrZXkgYW5vdGhlciE="
# Always with another folder; the last one is released by mistake.
CLONES = ("same_key", "other_key", "released")


def _cloned(world: World, seed: int, *, short: bool) -> Row:
    """One clone after the other, then the original, which shows that the posts could have left."""
    count, watched, watch = (5, 3, Watch()) if short else (200, 30, Watch())
    clones = CLONES[-1:] if short else CLONES
    with scene(world, "t9c", CALM) as place:
        due, planned = prepare(place, count, seed)
        copy = copy_of(place)
        found: dict[str, tuple[object, object]] = {}
        for name in clones:
            others = {} if name == "same_key" else {"TOKEN_KEYS": ANOTHER_KEY}
            folder = place.folder / name
            with elsewhere(place, copy, folder, **others):
                calls = start_and_watch(place, planned, watched)
                found[f"{name}: in doubt"] = number_of(due, S.UNCERTAIN), count
                if name == "released":
                    with transaction() as session:
                        release_publishing(session)
                    calls = _after_release(place, planned)
                    asked = number_of(planned, S.NEEDS_RECONNECT)
                    found[f"{name}: to be connected"] = asked, count
                stop_all(place, orderly=False)
            found[f"{name}: calls"] = calls, 0
        work_until_posted(place, due)
        due_in(planned, timedelta())
        wait_for(lambda: not place.open_shares(), "the original's posts", 180)
        verdict = judge(place, 2 * count, may_be=frozenset({S.PUBLISHED}))
        compare(verdict, found | {"calls": (len(creates(place)), 2 * count)})
        note = "create calls of a clone with another folder (and, but for same_key, "
        note += "another token key): "
        note += ", ".join(f"{one} {found[f'{one}: calls'][0]}" for one in clones)
        kills = len(place.killed)
        return watch.row(verdict, shares=2 * count, kills=kills, note=note)


def _after_release(place: Scene, planned: list[int]) -> int:
    """Released by mistake: it cannot read a token; how many calls there were."""
    wait_for(lambda: not number_of(planned, S.SCHEDULED), "what was released", 120)
    wait_for(lambda: not place.open_shares(), "what was released", 120)
    return len(creates(place))


PARTS = (Part("T9 cloned elsewhere", _cloned),)
