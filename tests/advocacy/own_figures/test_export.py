"""One's own figures as files: exact, whole, and harmless to open."""

import csv
from datetime import timedelta
from io import StringIO

from advocacy.links.models import Outcome
from advocacy.links.retention import fold_days
from integrations.clock import now

VISITS = [(0, Outcome.COUNTED, 31), (2, Outcome.COUNTED, 7), (2, Outcome.BOT, 400)]


def table(reader):
    answer = reader.get("/shares/figures.csv")
    assert answer.mimetype == "text/csv"
    return list(csv.reader(StringIO(answer.data.decode("utf-8-sig"))))


def test_the_table_has_a_line_for_each_post(reader, mine):
    share = mine("The cable", days_ago=5, visits=VISITS)
    mine("No link", linked=False)
    header, second, first = table(reader)
    assert header[:5] == ["Story", "Network", "Posted on", "Link", "Visits"]
    day = (now() - timedelta(days=5)).date().isoformat()
    link = f"http://localhost/l/{share.link_code}"
    assert first[:5] == ["The cable", "LinkedIn", day, link, "38"]
    assert dict(zip(header, first, strict=True))["Programs"] == "400"
    assert second[3:] == [""] * 7


def test_json_has_the_days_too(reader, mine):
    mine(days_ago=5, visits=VISITS)
    (post,) = reader.get("/shares/figures.json").json["posts"]
    first = (now() - timedelta(days=5)).date()
    assert post["visits"] == 38
    assert post["visits_by_day"] == {
        first.isoformat(): 31,
        (first + timedelta(days=2)).isoformat(): 7,
    }
    assert post["left_out"] == {
        "again": 0,
        "bot": 400,
        "linkedin": 0,
        "prefetch": 0,
        "scanner": 0,
    }


def test_totals_of_long_ago_are_in_both(session, reader, mine):
    mine(days_ago=120, visits=VISITS)
    fold_days(session, now().date())
    session.commit()
    assert table(reader)[1][4] == "38"
    (post,) = reader.get("/shares/figures.json").json["posts"]
    assert (post["visits"], post["visits_by_day"]) == (38, {})


def test_they_hold_more_than_a_page(reader, mine):
    for number in range(25):
        mine(f"Story {number}", linked=False)
    assert len(table(reader)) == 26
    assert len(reader.get("/shares/figures.json").json["posts"]) == 25


def test_a_table_program_sees_which_encoding_it_is(reader, mine):
    mine("Café élan", linked=False)
    data = reader.get("/shares/figures.csv").data
    assert data.startswith(b"\xef\xbb\xbf")
    assert table(reader)[1][0] == "Café élan"


def test_no_title_becomes_a_formula(reader, mine):
    for title in ("=1+1", "+1", "-1", "@SUM(A1)", "Plain"):
        mine(title, linked=False)
    titles = {line[0] for line in table(reader)[1:]}
    assert titles == {"'=1+1", "'+1", "'-1", "'@SUM(A1)", "Plain"}


def test_nobody_keeps_a_copy_on_the_way(reader, mine):
    mine()
    for ending in ("csv", "json"):
        headers = reader.get(f"/shares/figures.{ending}").headers
        assert headers["Cache-Control"] == "no-store"
        assert f"my-figures.{ending}" in headers["Content-Disposition"]
