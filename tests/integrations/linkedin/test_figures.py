"""Reading figures: what is asked letter by letter, and what is believed of the answer."""

import json
from urllib.parse import unquote

import pytest
from werkzeug.wrappers import Response

from integrations.errors import NotDone, Refused, VersionGone
from integrations.linkedin.figures import LinkedInFigures
from integrations.network import Access, DayLimits, Figure
from tests.integrations.linkedin.scripted import scripted, settings_for

ACCESS = Access("token", "other-id-than-when-posting")
METRICS = ("IMPRESSION", "MEMBERS_REACHED", "REACTION", "COMMENT", "RESHARE")
SHARE, UGC = "urn:li:share:123", "urn:li:ugcPost:123"


def _answer(*elements):
    return Response(json.dumps({"elements": elements}), mimetype="application/json")


def _about(metric, count, target):
    return {"metricType": metric, "count": count, "targetEntity": target}


def _read(*answers, urn=SHARE):
    with scripted(*answers) as server:
        return LinkedInFigures(settings_for(server.address)).figures(ACCESS, urn)


@pytest.mark.parametrize(
    ("urn", "entity"),
    [
        (SHARE, "(share:urn%3Ali%3Ashare%3A123)"),
        (UGC, "(ugc:urn%3Ali%3AugcPost%3A123)"),
    ],
)
def test_each_figure_is_one_question_with_its_structure_in_plain_letters(urn, entity):
    with scripted(_answer()) as server:
        LinkedInFigures(settings_for(server.address)).figures(ACCESS, urn)
    start = f"/rest/memberCreatorPostAnalytics?q=entity&entity={entity}&queryType="
    paths = [f"{start}{metric}&aggregation=TOTAL" for metric in METRICS]
    assert server.asked == [("GET", path, b"") for path in paths]
    assert len(server.asked) == 5


@pytest.mark.parametrize(
    "wrap", [lambda metric: metric, lambda metric: {"com.linkedin.x.V1": metric}]
)
@pytest.mark.parametrize("target", [SHARE, {"share": SHARE}, None])
def test_every_shape_of_answer_is_read(wrap, target):
    answers = [
        _answer(_about(wrap(metric), number, target))
        for number, metric in enumerate(METRICS)
    ]
    assert _read(*answers) == {
        Figure.SHOWN: 0,
        Figure.REACHED: 1,
        Figure.REACTIONS: 2,
        Figure.COMMENTS: 3,
        Figure.RESHARES: 4,
    }


@pytest.mark.parametrize(
    "element",
    [
        _about("IMPRESSION", 5, UGC),
        _about("SOMETHING", 5, SHARE),
        _about("IMPRESSION", -1, SHARE),
        _about("IMPRESSION", "5", SHARE),
        {"metricType": "IMPRESSION", "targetEntity": SHARE, "count": True},
        {"metricType": "IMPRESSION", "targetEntity": SHARE},
        "IMPRESSION",
    ],
)
def test_what_is_no_figure_of_this_post_is_left_out(element):
    assert _read(_answer(element)) == {}


def test_an_empty_answer_is_not_zero():
    known = _answer(_about("IMPRESSION", 5, SHARE))
    assert _read(known, _answer()) == {Figure.SHOWN: 5}


@pytest.mark.parametrize("answer", [Response("<html>"), Response('{"elements": 3}')])
def test_an_answer_of_another_shape_is_refused(answer):
    with pytest.raises(Refused) as caught:
        _read(answer)
    assert caught.value.code == "shape"


@pytest.mark.parametrize("urn", ["", "123", "urn:li:activity:1", "urn:li:person:1"])
def test_what_is_no_posts_id_is_refused_before_any_call(urn):
    with scripted(_answer()) as server:
        reader = LinkedInFigures(settings_for(server.address))
        with pytest.raises(Refused):
            reader.figures(ACCESS, urn)
    assert server.asked == []


def test_a_days_last_call_is_told_from_a_version_that_is_gone():
    over = {"status": 429, "message": "… APPLICATION DAY limit …"}
    gone = {"status": 426, "code": "NONEXISTENT_VERSION"}
    with pytest.raises(NotDone) as caught:
        _read(Response(json.dumps(over), 429))
    assert caught.value.until_midnight_utc
    with pytest.raises(VersionGone):
        _read(Response(json.dumps(gone), 426))


def test_a_post_costs_five_of_a_hundred_calls():
    reader = LinkedInFigures(settings_for("http://127.0.0.1:9"))
    assert reader.calls_each == 5
    assert reader.day_limits == DayLimits(member=100, app=500)


def test_the_members_id_is_not_sent():
    with scripted(_answer()) as server:
        LinkedInFigures(settings_for(server.address)).figures(ACCESS, SHARE)
    assert all(ACCESS.member_id not in unquote(path) for _, path, _ in server.asked)
