"""The threads that post: as many at once as there are, none without work, none lost."""

from threading import Barrier, Condition, Event, Thread

import pytest
from structlog.testing import capture_logs

from advocacy.shares import crew as crew_module
from advocacy.shares.crew import AHEAD, Crew


@pytest.fixture
def crew():
    crew = Crew(threads=3)
    yield crew
    crew.end()


def beside(work):
    """A thread that does it, and what came of it so far."""
    found = []
    thread = Thread(target=lambda: found.append(work()), daemon=True)
    thread.start()
    return thread, found


def test_as_many_work_at_once_as_there_are_threads(crew):
    together = Barrier(3, timeout=10)
    for _post in range(crew.take_places(3)):
        crew.start(together.wait)

    crew.end()

    assert not together.broken


def test_eighty_more_are_taken_so_that_no_thread_waits_for_work(crew):
    assert crew.take_places(100) == 3 + 80


def test_who_does_not_say_how_many_threads_gets_eight():
    assert Crew().take_places(100) == 8 + AHEAD


def test_who_finds_no_place_waits_until_there_is_one(crew, monkeypatch):
    monkeypatch.setattr(crew_module, "GATHERING_SECONDS", 0)
    crew.take_places(3 + AHEAD)
    waiting, taken = beside(lambda: crew.take_places(1))
    waiting.join(0.1)
    assert not taken

    crew.free_places(1)
    waiting.join(10)

    assert taken == [1]


def test_who_finds_too_few_places_gives_others_a_moment_to_come_free(crew, monkeypatch):
    monkeypatch.setattr(crew_module, "GATHERING_SECONDS", None)  # for ever
    crew.take_places(3 + AHEAD)
    waiting, taken = beside(lambda: crew.take_places(2))

    crew.free_places(1)
    crew.free_places(1)
    waiting.join(10)

    assert taken == [2]


@pytest.mark.parametrize("most", [2, 3 + AHEAD])
def test_who_finds_enough_places_waits_for_no_more(crew, monkeypatch, most):
    monkeypatch.setattr(crew_module, "GATHERING_SECONDS", None)  # for ever
    waiting, taken = beside(lambda: crew.take_places(most))
    waiting.join(10)
    assert taken == [most]


def test_that_moment_is_a_fifth_of_a_second(monkeypatch):
    patience = []

    class Patient(Condition):
        def wait_for(self, predicate, timeout=None):
            patience.append(timeout)
            return super().wait_for(predicate, timeout)

    monkeypatch.setattr(crew_module, "Condition", Patient)
    Crew().take_places(1)
    assert patience == [None, 0.2]


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


def test_one_can_be_alone_where_there_are_hundreds_of_places():
    crew = Crew(threads=300)
    crew.free_places(crew.take_places(1))

    def alone():
        with crew.alone() as is_alone:
            return is_alone

    waiting, found = beside(alone)
    waiting.join(10)

    assert found == [True]


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


def test_what_waits_for_a_thread_at_the_end_never_begins(monkeypatch):
    monkeypatch.setattr(crew_module, "LAST_SECONDS", 0.05)
    crew, go_on, begun = Crew(threads=1), Event(), []
    crew.take_places(2)
    crew.start(lambda: go_on.wait(10))
    crew.start(lambda: begun.append(True))

    crew.end()
    go_on.set()
    with crew.alone():  # nothing is in hand any more
        assert begun == []


def test_a_stop_waits_longer_than_a_call_may_take_and_shorter_than_a_container(
    crew, monkeypatch
):
    """30 s and 60 s (2.12)."""
    patience = []
    monkeypatch.setattr(crew_module, "wait", lambda _doing, most: patience.append(most))
    crew.end()
    assert patience == [45]
