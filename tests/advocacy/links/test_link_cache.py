"""Links a process knows by heart: how long, how many, and without a database."""

from threading import Event, Thread

import pytest
from sqlalchemy import create_engine

from advocacy.links.link_cache import DatabaseAway, LinkCache
from advocacy.links.operations import link_for
from integrations.database import transaction
from tests.advocacy.links.agents import PEOPLE
from tests.advocacy.links.conftest import add_item
from tests.advocacy.links.visiting import TARGET, visit

UNKNOWN = "AAAAAAAAAAA"


class TestWithoutADatabase:
    """A server that was there, and is not any more."""

    @pytest.fixture
    def gone(self, fast_path):
        away = create_engine("postgresql+psycopg://x@127.0.0.1:1/none")

        def leave():
            fast_path.cache.engine = away
            fast_path.counter.store.engine = away
            fast_path.counter.store.close()

        yield leave
        away.dispose()

    def test_links_it_knows_still_lead_on(self, fast_path, visitor, link, gone):
        fast_path.cache.seconds = 0  # what it knows is always too old
        visit(visitor, link.code)
        gone()
        other = visit(visitor, link.code, agent=PEOPLE["Firefox on Linux"])
        assert other.status_code == 302

    @pytest.mark.parametrize("language", ["en", "nl"])
    def test_other_links_get_a_friendly_503(self, visitor, link, gone, language):
        gone()
        headers = {"Cookie": "session=anything", "Accept-Language": language}
        answer = visit(visitor, link.code, **headers)
        assert answer.status_code == 503
        assert int(answer.headers["Retry-After"]) > 0
        assert answer.headers["Cache-Control"] == "no-store"
        words = {"en": "This link is out for a moment", "nl": 'lang="nl"'}
        assert words[language] in answer.text

    def test_what_cannot_be_a_code_needs_no_database(self, visitor, gone):
        gone()
        assert visit(visitor, "nonsense").status_code == 404

    def test_it_is_not_asked_again_at_once(self, fast_path, link, gone, monkeypatch):
        """Each question that fails keeps a thread for seconds."""
        gone()
        asked = count_questions(fast_path.cache, monkeypatch)
        for code in (link.code, UNKNOWN, link.code):
            with pytest.raises(DatabaseAway):
                fast_path.cache.find(code)
        assert asked == [link.code]


@pytest.fixture
def cache(database_url):
    engine = create_engine(database_url)
    yield LinkCache(engine)
    engine.dispose()


def count_questions(cache, monkeypatch):
    asked = []
    look_up = cache.look_up

    def ask(code):
        asked.append(code)
        return look_up(code)

    monkeypatch.setattr(cache, "look_up", ask)
    return asked


def test_a_link_and_a_code_that_is_none_are_asked_for_once(cache, link, monkeypatch):
    asked = count_questions(cache, monkeypatch)
    for code in (link.code, UNKNOWN):
        first = cache.find(code)
        assert cache.find(code) == first
    assert asked == [link.code, UNKNOWN]


def test_both_are_asked_for_again_after_a_while(cache, link, monkeypatch):
    asked = count_questions(cache, monkeypatch)
    cache.seconds = 0
    for code in (link.code, UNKNOWN) * 2:
        cache.find(code)
    assert asked == [link.code, UNKNOWN] * 2


def test_nothing_is_believed_for_more_than_half_a_minute(cache):
    assert cache.seconds == 30


def test_a_deleted_link_is_found_gone(cache, link):
    cache.seconds = 0
    assert cache.find(link.code)
    with transaction() as session:
        session.delete(session.merge(link))
    assert cache.find(link.code) is None
    assert cache.known == {}


def test_while_one_asks_again_others_go_on_with_the_old_answer(cache, link):
    old = cache.find(link.code)
    cache.known[link.code] = (0.0, old)
    asking, answer = Event(), Event()
    look_up = cache.look_up

    def slowly(code):
        asking.set()
        assert answer.wait(10)
        return look_up(code)

    cache.look_up = slowly
    thread = Thread(target=cache.find, args=(link.code,))
    thread.start()
    assert asking.wait(10)
    assert cache.find(link.code) == old
    answer.set()
    thread.join()


def test_what_was_not_asked_for_longest_is_forgotten_first(cache, database_url):
    cache.most, cache.seconds = 2, 0
    with transaction() as session:
        item_id = add_item(session).id
        links = [link_for(session, item_id, f"{TARGET}{n}", None) for n in range(3)]
    first, second, third = (link.code for link in links)
    for code in (first, second, first, third):
        cache.find(code)
    assert set(cache.known) == {first, third}


def test_guesses_fill_no_memory_and_push_out_nothing_real(cache, link):
    cache.most = cache.most_unknown = 5
    cache.find(link.code)
    for number in range(20):
        assert cache.find(f"{number:011d}") is None
    assert set(cache.known) == {link.code}
    assert len(cache.unknown) == 5
