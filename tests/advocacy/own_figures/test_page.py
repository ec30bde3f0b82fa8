"""One's own figures on their page: rough unless asked for, with what was left out."""

import re
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import event

from advocacy.consent.models import Purpose
from advocacy.consent.operations import give, withdraw
from advocacy.links.models import Outcome
from advocacy.links.retention import end_links, fold_days
from advocacy.shares.figure_rows import ShareFigures
from advocacy.shares.models import ShareState
from integrations.clock import now
from tests.advocacy.library.reading import words
from tests.advocacy.shares.making import make_person

C = Outcome.COUNTED
VISITS = [(0, C, 31), (2, C, 7), (2, Outcome.SCANNER, 12), (3, Outcome.AGAIN, 2)]
HONEST = "Link visits, automated ones filtered out, at most one per visitor and day."


def bars(page):
    return re.findall(r'<rect class="d-bar"[^>]*>', page.get_data(as_text=True))


@pytest.mark.parametrize("address", ["", ".csv", ".json"])
def test_strangers_have_to_sign_in(client, address):
    assert client.get(f"/shares/figures{address}").status_code == 302


def test_counts_come_in_bands_with_the_honest_words(reader, mine):
    mine(days_ago=5, visits=VISITS)
    said = words(reader.get("/shares/figures"))
    assert HONEST in said
    assert "20 to 49 visits" in said
    assert "Left out: The same visitor again 1 to 4 Scanners 5 to 19" in said
    for exact in ("31", "38", "12"):
        assert not re.search(rf"(?<!\d){exact} visits", said)


def test_exact_counts_come_on_request(reader, mine):
    mine(days_ago=5, visits=VISITS)
    said = words(reader.get("/shares/figures?visits=exact"))
    assert "38 visits" in said
    assert "The same visitor again 2 Scanners 12" in said
    assert re.search(r"Visits \d+ \w+ 31 \d+ \w+ 7", said)


def test_the_source_of_a_page_in_bands_holds_no_exact_count(reader, mine):
    # So long that no random name on the page holds them.
    mine(days_ago=5, visits=[(0, C, 1_234_131), (2, C, 1_234_117)])
    exact = re.compile("1,?234,?131|1,?234,?117|2,?468,?248")
    address = "/shares/figures"
    assert exact.search(reader.get(f"{address}?visits=exact").text)
    assert not exact.search(reader.get(address).text)


def test_each_day_with_visits_has_a_bar_and_a_line_in_the_table(reader, mine):
    mine(days_ago=5, visits=VISITS)
    page = reader.get("/shares/figures")
    assert len(bars(page)) == 2
    assert "Visits on 2 of 6 days so far." in words(page)
    assert re.search(r"Visits \d+ \w+ 20 to 49 \d+ \w+ 5 to 19", words(page))


def test_a_post_nobody_visited_has_no_picture(reader, mine):
    mine()
    page = reader.get("/shares/figures")
    assert "No visits yet" in words(page)
    assert bars(page) == []


def test_after_a_hundred_days_the_total_is_left(session, reader, mine):
    mine(days_ago=101, visits=VISITS)
    fold_days(session, now().date())
    session.commit()
    said = words(reader.get("/shares/figures"))
    assert "After 100 days we put the days together: of older posts" in said
    assert "Scanners 5 to 19" in said


def test_why_visits_are_left_out_stands_below(reader, mine):
    mine()
    said = words(reader.get("/shares/figures"))
    for reason in (
        "twice on one day",
        "Search engines",
        "Mail filters",
        "just in case",
    ):
        assert reason in said


def test_without_the_purpose_nothing_is_counted_or_shown(session, reader, me, mine):
    mine(visits=VISITS)
    withdraw(session, me, Purpose.COUNT_MY_CLICKS, "en", "a test", now(), cascade=())
    session.commit()
    for address in ("/shares/figures", "/shares/figures?visits=exact"):
        said = words(reader.get(address))
        assert "Visits to your links are not counted: that is off." in said
        assert "visits Left" not in said
        assert bars(reader.get(address)) == []


def test_a_post_with_the_common_link_says_that_it_is_not_counted(reader, mine):
    mine(linked=False)
    assert "No link in this post is counted for you." in words(
        reader.get("/shares/figures")
    )


def test_a_post_whose_link_ended_stays_without_counts(session, reader, mine):
    share = mine("Long ago", days_ago=740, visits=VISITS)
    assert end_links(session, now() + timedelta(days=731)) == 1
    session.commit()
    session.refresh(share)
    assert share.link_code is None
    assert "Long ago" in words(reader.get("/shares/figures"))
    assert "38" not in words(reader.get("/shares/figures?visits=exact"))


def test_a_post_that_was_deleted_is_not_shown_as_if_it_were_there(reader, mine):
    mine("The cable")
    mine("The tower", state=ShareState.REMOVED)
    before, after = words(reader.get("/shares/figures")).split("The cable")
    assert "Deleted there since." in before
    assert "Deleted" not in after.partition("What is left out")[0]


def test_the_days_to_come_are_said_to_be_to_come(reader, mine):
    mine(days_ago=5, visits=VISITS)
    assert "dashed: still to come, until" in words(reader.get("/shares/figures"))
    mine(days_ago=40, visits=VISITS)
    said = words(reader.get("/shares/figures"))
    assert said.count("dashed: still to come, until") == 1


def test_only_what_was_posted_is_listed(reader, mine):
    mine("Planned", state=ShareState.SCHEDULED, posted_at=None)
    mine("Told", state=ShareState.TOLD)
    mine("Removed", state=ShareState.REMOVED)
    said = words(reader.get("/shares/figures"))
    assert "Planned" not in said
    assert said.index("Removed") < said.index("Told")


def test_nobody_sees_somebody_elses(session, browser_of, mine, post_of):
    mine("Mine alone", visits=VISITS)
    other = browser_of(make_person(session))
    for ending in ("", "?visits=exact", ".csv", ".json"):
        assert b"Mine alone" not in other.get(f"/shares/figures{ending}").data


def test_older_posts_stand_on_further_pages_each_once(reader, mine):
    for number in range(45):
        mine(f"Story {number:02d}", days_ago=number // 2, linked=False)
    address, seen = "/shares/figures?visits=exact", []
    while address:
        source = reader.get(address).get_data(as_text=True)
        seen.append(re.findall(r"Story \d\d", source))
        found = re.search(r'rel="next" href="([^"]+)"', source)
        address = found and found[1].replace("&amp;", "&")
    assert [len(page) for page in seen] == [20, 20, 5]
    assert len({title for page in seen for title in page}) == 45


def test_a_place_that_does_not_exist_or_is_not_ones_own_shows_nothing(
    session, reader, mine, post_of
):
    mine("Mine")
    theirs = post_of(make_person(session), days_ago=-1)
    for place in ("nowhere", "no%00where", theirs.public_id):
        page = reader.get(f"/shares/figures?before={place}")
        assert page.status_code == 200
        assert "There are no older posts." in words(page)


def test_the_number_of_questions_does_not_grow_with_the_posts(session, reader, mine):
    def questions():
        asked = []
        engine = session.get_bind().engine
        note = lambda *arguments: asked.append(arguments[2])  # noqa: E731
        event.listen(engine, "before_cursor_execute", note)
        assert reader.get("/shares/figures").status_code == 200
        event.remove(engine, "before_cursor_execute", note)
        return sum(one.lstrip().startswith("SELECT") for one in asked)

    mine(visits=VISITS)
    reader.get("/shares/figures")
    one_post = questions()
    for number in range(15):
        mine(days_ago=number, visits=VISITS)
    assert questions() == one_post
    assert 3 <= one_post <= 7


class TestLinkedInsOwn:
    """Its figures stand beside ours where the purpose is on."""

    @pytest.fixture
    def settings(self, settings):
        own = {"linkedin_figures_client_id": "f", "linkedin_figures_client_secret": "s"}
        return replace(settings, **own)

    @pytest.fixture
    def read(self, session, mine):
        share = mine(days_ago=1, visits=VISITS)
        at = now() - timedelta(hours=1)
        counts = {"shown": 1670, "reached": 512}
        session.add(
            ShareFigures(share_id=share.id, asked_at=at, read_at=at, counts=counts)
        )
        session.commit()

    @pytest.mark.usefixtures("read")
    def test_they_stand_beside_with_the_purpose_on(self, session, reader, me):
        assert "Members reached" not in words(reader.get("/shares/figures"))
        give(session, me, Purpose.READ_MY_FIGURES, "en", "a test", now())
        session.commit()
        said = words(reader.get("/shares/figures?visits=exact"))
        assert "Times shown, as reported by LinkedIn 1,670" in said
        assert "Members reached 512" in said

    @pytest.mark.usefixtures("read")
    def test_no_file_holds_them(self, session, reader, me):
        give(session, me, Purpose.READ_MY_FIGURES, "en", "a test", now())
        session.commit()
        for ending in ("csv", "json"):
            assert b"1670" not in reader.get(f"/shares/figures.{ending}").data
