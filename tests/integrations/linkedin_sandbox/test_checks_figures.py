"""Check 26: figures, as strictly as LinkedIn gives them; `ours` beside each."""

from itertools import pairwise

import pytest
import requests

from integrations.errors import AccessExpired, Refused
from integrations.linkedin.client import LinkedIn
from integrations.linkedin.figures import LinkedInFigures
from integrations.network import Figure, PostDraft
from tests.integrations.linkedin_sandbox.calling import Caller
from tests.integrations.linkedin_sandbox.serving import running_sandbox

PATH = "/rest/memberCreatorPostAnalytics"
DAY = 24 * 60 * 60
WRAPPED = (
    "com.linkedin.adsexternalapi.memberanalytics.v1.CreatorPostAnalyticsMetricTypeV1"
)


@pytest.fixture
def figures(sandbox):
    return Caller(sandbox, sandbox.figures_access_for("Ivo Terpstra"))


@pytest.fixture
def reader(sandbox):
    return LinkedInFigures(sandbox.settings_for_figures())


@pytest.fixture
def post(sandbox):
    return _publish(sandbox, "Two days old", days=2)


def _publish(sandbox, text, *, days, name="Ivo Terpstra"):
    linkedin = LinkedIn(sandbox.settings_for_client())
    access = sandbox.access_for(name)
    urn = linkedin.open_line(access).create(linkedin.prepare(access, PostDraft(text)))
    _pass(sandbox, days)
    return urn


def _pass(sandbox, days):
    said = {"advance_seconds": days * DAY}
    requests.post(f"{sandbox.address}/sandbox/clock", json=said, timeout=10)


def _entity(urn):
    kind = "share" if ":share:" in urn else "ugc"
    return f"({kind}:{urn.replace(':', '%3A')})"


def _ask(figures, query, version="202609"):
    return figures.call("GET", f"{PATH}?{query}", LinkedIn_Version=version)


def _one(urn, metric="IMPRESSION", more=""):
    return f"q=entity&entity={_entity(urn)}&queryType={metric}{more}"


def test_check_26_careless_the_token_of_the_app_that_posts(sandbox, caller, post):
    answer = caller.call("GET", f"{PATH}?{_one(post)}")
    assert answer.status_code == 403
    assert answer.json()["message"] == (
        "Not enough permissions to access: "
        "memberCreatorPostAnalytics.FINDER-entity.20260901"
    )


def test_check_26_ours_says_that_another_permission_is_needed(sandbox, reader, post):
    with pytest.raises(AccessExpired):
        reader.figures(sandbox.access_for("Ivo Terpstra"), post)


def test_check_26_careless_a_version_older_than_the_resource():
    with running_sandbox(oldest_version="202501") as sandbox:
        figures = Caller(sandbox, sandbox.figures_access_for("Ivo Terpstra"))
        found = {
            version: _ask(figures, "q=me&queryType=COMMENT", version)
            for version in ("202505", "202506")
        }
    assert found["202505"].status_code == 404
    assert found["202505"].json()["message"] == "No virtual resource found"
    assert found["202506"].status_code == 200


@pytest.mark.parametrize(
    ("query", "code"),
    [
        ("metricType=IMPRESSION&q=me", "QUERY_PARAM_NOT_ALLOWED"),
        ("q=me&queryType=IMPRESSION&fields=count", "QUERY_PARAM_NOT_ALLOWED"),
        ("queryType=IMPRESSION", "ILLEGAL_ARGUMENT"),
        ("q=author&queryType=IMPRESSION", "ILLEGAL_ARGUMENT"),
        ("q=me&entity=(share:urn%3Ali%3Ashare%3A1)", "ILLEGAL_ARGUMENT"),
        ("q=me", "ILLEGAL_ARGUMENT"),
        ("q=me&queryType=IMPRESSIONS", "ILLEGAL_ARGUMENT"),
        ("q=me&queryType=IMPRESSION,REACTION", "ILLEGAL_ARGUMENT"),
        ("q=me&queryType=REACTION&aggregation=WEEKLY", "ILLEGAL_ARGUMENT"),
        ("q=me&queryType=MEMBERS_REACHED&aggregation=DAILY", "ILLEGAL_ARGUMENT"),
        ("q=me&queryType=LINK_CLICKS&aggregation=DAILY", "ILLEGAL_ARGUMENT"),
        ("q=entity&queryType=REACTION", "ILLEGAL_ARGUMENT"),
    ],
)
def test_check_26_careless_a_question_that_is_none(figures, query, code):
    answer = _ask(figures, query)
    assert (answer.status_code, answer.json()["code"]) == (400, code)


def test_check_26_careless_one_posts_impressions_by_day(figures, post):
    daily = "&aggregation=DAILY"
    assert _ask(figures, _one(post, "IMPRESSION", daily)).status_code == 400
    assert _ask(figures, _one(post, "REACTION", daily)).status_code == 200
    mine = "q=me&queryType=IMPRESSION&aggregation=DAILY"
    assert _ask(figures, mine).status_code == 200


def test_check_26_careless_a_metric_newer_than_the_version(figures):
    query = "q=me&queryType=POST_SAVE"
    found = [_ask(figures, query, one).status_code for one in ("202603", "202604")]
    assert found == [400, 200]


@pytest.mark.parametrize(
    "entity",
    [
        "%28share%3Aurn%253Ali%253Ashare%253A7130000000000000001%29",
        "(share%3Aurn%3Ali%3Ashare%3A7130000000000000001)",
        "(share:urn:li:share:7130000000000000001)",
        "(share:urn%253Ali%253Ashare%253A7130000000000000001)",
        "(ugcPost:urn%3Ali%3AugcPost%3A1)",
        "(ugc:urn%3Ali%3Ashare%3A1)",
        "(share:urn%3Ali%3AugcPost%3A1)",
        "urn%3Ali%3Ashare%3A1",
        "",
    ],
)
def test_check_23_and_26_careless_an_object_left_to_the_library(figures, entity):
    answer = _ask(figures, f"q=entity&queryType=COMMENT&entity={entity}")
    assert answer.status_code == 400
    assert answer.json()["message"] == "Parameter 'entity' is invalid"


@pytest.mark.parametrize(
    "days",
    [
        "(start:(day:6,month:5,year:2026),end:(day:4,month:5,year:2026))",
        "(start:(day:31,month:2,year:2026),end:(day:4,month:5,year:2026))",
        "%28start:(day:1,month:2,year:2026),end:(day:4,month:5,year:2026)%29",
        "2026-01-01",
    ],
)
def test_check_26_careless_days_that_are_none(figures, days):
    answer = _ask(figures, f"q=me&queryType=COMMENT&dateRange={days}")
    assert answer.json()["message"] == "Parameter 'dateRange' is invalid"


def test_check_26_the_answers_shape_changed_with_a_version(figures, post):
    [old] = _ask(figures, _one(post), "202604").json()["elements"]
    [new] = _ask(figures, _one(post), "202605").json()["elements"]
    assert old["metricType"] == {WRAPPED: "IMPRESSION"}
    assert new["metricType"] == "IMPRESSION"
    assert old["targetEntity"] == new["targetEntity"] == {"share": post}
    assert old["count"] == new["count"] > 0


@pytest.mark.parametrize("version", ["202604", "202605", "202609"])
def test_check_26_ours_reads_both_shapes_and_both_kinds_of_post(sandbox, version):
    access = sandbox.figures_access_for("Ivo Terpstra")
    reader = LinkedInFigures(sandbox.settings_for_figures(version=version))
    kinds = []
    for text in ("A share", "And a ugcPost"):
        urn = _publish(sandbox, text, days=20)
        found = reader.figures(access, urn)
        assert set(found) == set(Figure)
        assert found[Figure.SHOWN] > found[Figure.REACHED] > found[Figure.REACTIONS] > 0
        kinds.append(urn.split(":")[2])
    assert kinds == ["share", "ugcPost"]


def test_check_26_careless_the_post_of_another_member(sandbox, figures):
    theirs = _publish(sandbox, "Mine", days=2, name="Tjitske Rinsma")
    assert _ask(figures, _one(theirs)).status_code == 403


def test_check_26_ours_is_refused_the_post_of_another_member(sandbox, figures, reader):
    theirs = _publish(sandbox, "Mine", days=2, name="Tjitske Rinsma")
    with pytest.raises(Refused) as caught:
        reader.figures(figures.access, theirs)
    assert caught.type is Refused


def test_check_26_careless_taking_nothing_for_zero(sandbox, figures):
    new = _publish(sandbox, "New", days=0)
    for urn in (new, "urn:li:share:1"):
        answer = _ask(figures, _one(urn))
        assert answer.status_code == 200
        assert answer.json()["elements"] == []


def test_check_26_ours_leaves_out_what_is_not_known_yet(sandbox, figures, reader):
    assert reader.figures(figures.access, _publish(sandbox, "New", days=0)) == {}
    assert reader.figures(figures.access, "urn:li:ugcPost:1") == {}


def test_check_26_totals_only_grow(sandbox, figures, reader, post):
    seen = []
    for _ in range(4):
        seen.append(reader.figures(figures.access, post))
        _pass(sandbox, 1)
    for earlier, later in pairwise(seen):
        assert all(earlier[figure] <= later[figure] for figure in Figure)
    assert seen[0][Figure.SHOWN] < seen[-1][Figure.SHOWN]


def test_check_26_days_add_up_to_the_total(sandbox, figures, post):
    total = _ask(figures, _one(post, "REACTION")).json()["elements"]
    daily = _ask(figures, _one(post, "REACTION", "&aggregation=DAILY")).json()
    assert sum(one["count"] for one in daily["elements"]) == total[0]["count"]
    assert len(daily["elements"]) == 3
    first = daily["elements"][0]["dateRange"]
    start, end = (
        f"(day:{d['day']},month:{d['month']},year:{d['year']})"
        for d in (first["start"], first["end"])
    )
    days = f"&dateRange=(start:{start},end:{end})"
    [one] = _ask(figures, _one(post, "REACTION", days)).json()["elements"]
    assert one["count"] == daily["elements"][0]["count"]
    assert one["dateRange"] == first


def test_check_26_all_of_a_members_posts_together(sandbox, figures, post):
    other = _publish(sandbox, "Another", days=1)
    _publish(sandbox, "Not mine", days=1, name="Tjitske Rinsma")
    mine = _ask(figures, "q=me&queryType=IMPRESSION").json()
    single = [
        _ask(figures, _one(urn)).json()["elements"][0]["count"] for urn in (post, other)
    ]
    [element] = mine["elements"]
    assert element["count"] == sum(single)
    assert "targetEntity" not in element
    assert mine["paging"] == {"start": 0, "count": 10, "links": [], "total": 1}
