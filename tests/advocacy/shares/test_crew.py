"""The threads that post: as many at once as there are, none without work, none lost."""

from threading import Barrier, Event, Thread

import pytest
from structlog.testing import capture_logs

from advocacy.shares import crew as crew_module
from advocacy.shares.crew import AHEAD, Crew


@pytest.fixture
def crew():
    crew = Crew(threads=3)
    yield crew
    crew.end()


def test_as_many_work_at_once_as_there_are_threads(crew):
    together = Barrier(3, timeout=10)
    for _post in range(crew.take_places(3)):
        crew.start(together.wait)

    crew.end()

    assert not together.broken


def test_a_few_more_are_taken_so_that_no_thread_waits_for_work(crew):
    assert crew.take_places(3 + AHEAD + 1) == 3 + AHEAD


def test_a_place_that_was_not_needed_can_be_taken_again(crew):
    crew.take_places(3 + AHEAD)

    crew.free_places(2)

    assert crew.take_places(5) == 2


def test_a_place_is_free_again_when_its_post_has_ended(crew):
    places, go_on = crew.take_places(3 + AHEAD), Event()
    crew.start(go_on.wait)
    crew.free_places(places - 1)

    assert crew.take_places(3 + AHEAD) == places - 1
    go_on.set()

    assert crew.take_places(5) == 1


def test_alone_means_that_nothing_else_is_in_hand(crew):
    places, go_on, order = crew.take_places(1), Event(), []
    crew.start(lambda: (go_on.wait(10), order.append("the one before")))

    def alone():
        with crew.alone() as is_alone:
            order.append("alone" if is_alone else "stopped")

    other = Thread(target=alone)
    other.start()
    other.join(0.1)
    assert not order
    go_on.set()
    other.join(10)

    assert order == ["the one before", "alone"]
    assert crew.take_places(3 + AHEAD) == 3 + AHEAD
    assert places == 1


def test_a_post_that_breaks_is_told_and_frees_its_place(crew):
    def break_it():
        raise RuntimeError("words of a person")

    places = crew.take_places(3 + AHEAD)
    with capture_logs() as lines:
        crew.start(break_it)
        assert crew.take_places(5) == 1

    crew.free_places(places)
    assert [line["event"] for line in lines] == ["post_failed"]


def test_all_threads_can_be_there_from_the_start(crew):
    crew.begin()
    assert len(crew._pool._threads) == 3  # noqa: SLF001 – nothing public tells


def test_a_stop_says_what_never_began_and_lets_nobody_wait(crew):
    places, go_on, done = crew.take_places(3 + AHEAD), Event(), []
    for number in range(places):
        crew.start(lambda number=number: (go_on.wait(10), done.append(number)))
    waiting = Thread(target=crew.take_places, args=(1,))
    waiting.start()

    never_began = crew.stop()
    waiting.join(10)
    with crew.alone() as alone:
        assert not alone
    go_on.set()
    crew.end()

    assert not waiting.is_alive()
    assert len(never_began) == AHEAD
    assert sorted(done) == [0, 1, 2]
    assert crew.take_places(1) == 0


def test_the_end_waits_for_what_is_under_way_but_not_for_ever(crew, monkeypatch):
    monkeypatch.setattr(crew_module, "LAST_SECONDS", 0.05)
    go_on, done = Event(), Event()
    crew.take_places(1)
    crew.start(lambda: (go_on.wait(10), done.set()))

    crew.end()

    assert not done.is_set()
    go_on.set()
    assert done.wait(10)
