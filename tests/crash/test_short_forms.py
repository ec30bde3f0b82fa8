"""`./run crash` in its short form: few posts of each trial, judged as strictly."""

import pytest

from integrations.database import open_session
from tests.crash.trials import TRIALS, part_named, parts_of, zones
from tests.crash.world import SHORT, World

SEED = 1
KILLING = [part.name for part in parts_of(set(TRIALS) - {"T11"}, short=True)]


@pytest.fixture(scope="module")
def world(tmp_path_factory, _engine):
    folder = tmp_path_factory.mktemp("crash")
    for parent in (folder, *folder.parents[:2]):
        parent.chmod(0o755)  # PostgreSQL runs under another account than root
    with World(folder, SHORT, separate_hosts=True) as world:
        yield world
    open_session.configure(bind=_engine)


@pytest.mark.parametrize("name", KILLING)
def test_no_post_is_lost_or_doubled(world, name):
    row = part_named(name).row(world, SEED, short=True)
    assert (row.breaches, row.lost, row.doubled) == ([], 0, 0)


def test_wished_times_are_right_in_every_zone():
    (part,) = zones.PARTS
    assert part.row(None, SEED, short=True).breaches == []


def test_each_trial_has_a_short_form():
    expected = ["T1", "T2", "T4", "T5", "T6", "T7", "T8", "T9", "T10", "T11"]
    assert list(TRIALS) == expected
    for trial in TRIALS:
        assert parts_of({trial}, short=True)


def test_the_long_form_kills_at_seven_points():
    names = [part.name for part in parts_of({"T2"}, short=False)]
    assert sum(name.startswith("T2 killed when") for name in names) == 7
