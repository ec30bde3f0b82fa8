"""`./run crash` in its short form: few posts of each trial, judged as strictly.

What takes half a minute in itself (T4, T5, T7, T9) is in `./run crash --short` only.
"""

import pytest

from integrations.database import open_session
from tests.crash.trials import (
    TRIALS,
    exact_kills,
    extra_copies,
    random_kills,
    withdrawals,
    zones,
)
from tests.crash.world import World

SEED = 1
KILLING = {
    "killed at random": random_kills.run,
    "killed exactly there": exact_kills.run,
    "frozen": exact_kills.frozen,
    "everything in three copies": extra_copies.run,
    "withdrawn": withdrawals.run,
}


@pytest.fixture(scope="module")
def world(tmp_path_factory, _engine):
    folder = tmp_path_factory.mktemp("crash")
    for parent in (folder, *folder.parents[:2]):
        parent.chmod(0o755)  # PostgreSQL runs under another account than root
    with World(folder) as world:
        yield world
    open_session.configure(bind=_engine)


@pytest.mark.parametrize("what", KILLING)
def test_no_post_is_lost_or_doubled(world, what):
    rows = KILLING[what](world, SEED, short=True)
    assert [row.breaches for row in rows] == [[] for _row in rows]


def test_wished_times_are_right_in_every_zone():
    (row,) = zones.run(None, SEED, short=True)
    assert row.breaches == []


def test_every_trial_is_in_the_table():
    expected = {"T1", "T2", "T4", "T5", "T7", "T8", "T9", "T10", "T11"}
    assert expected <= set(TRIALS)
