"""The list of organisations that people may mention."""

import pytest

from content.mentioning import (
    MentionRefused,
    all_mentions,
    keep_mention,
    take_off,
)


def names(session):
    return [row.name for row in all_mentions(session)]


def test_the_list_is_kept_by_name_whatever_its_case(session):
    for name in ("veenstroom Noord", "TenneT", "Alliander"):
        keep_mention(session, name, "12345")
    assert names(session) == ["Alliander", "TenneT", "veenstroom Noord"]
    assert all_mentions(session, "elsewhere") == []


@pytest.mark.parametrize(
    "typed",
    [
        "12345678",
        " 12345678 ",
        "urn:li:organization:12345678",
        "https://www.linkedin.com/company/12345678/",
        "linkedin.com/company/12345678/admin/dashboard/",
    ],
)
def test_the_number_is_found_in_what_people_paste(session, typed):
    assert keep_mention(session, "TenneT", typed).network_id == "12345678"


def test_a_name_is_one_line_without_the_sign_before_it(session):
    assert keep_mention(session, " @Royal\n Swinkels ", "1").name == "Royal Swinkels"


@pytest.mark.parametrize(
    ("name", "number", "problems"),
    [
        ("", "1", {"name": "missing"}),
        ("@", "1", {"name": "missing"}),
        ("x" * 101, "1", {"name": "too_long"}),
        ("tennet", "1", {"name": "twice"}),
        ("Other", "", {"number": "missing"}),
        ("Other", "linkedin.com/company/tennet", {"number": "no_number"}),
        ("Other", "https://evil.example/company/1", {"number": "no_number"}),
        ("Other", "1" * 21, {"number": "no_number"}),
        ("", "x", {"name": "missing", "number": "no_number"}),
    ],
)
def test_what_cannot_be_mentioned_is_refused_by_field(session, name, number, problems):
    keep_mention(session, "TenneT", "7")
    with pytest.raises(MentionRefused) as refused:
        keep_mention(session, name, number)
    assert refused.value.problems == problems
    assert names(session) == ["TenneT"]


def test_one_is_changed_and_taken_off(session):
    row = keep_mention(session, "Tennet", "7")
    keep_mention(session, "TenneT", "8", row.id)
    assert [(one.name, one.network_id) for one in all_mentions(session)] == [
        ("TenneT", "8")
    ]
    take_off(session, row.id)
    take_off(session, row.id)
    assert names(session) == []
