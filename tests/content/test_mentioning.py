"""The list of organisations that people may mention."""

from concurrent.futures import ThreadPoolExecutor

import pytest

from content.mentioning import (
    MentionRefused,
    all_mentions,
    keep_mention,
    take_off,
)
from integrations.database import transaction


def names(session):
    return [row.name for row in all_mentions(session)]


def test_the_list_is_kept_by_name_whatever_its_case(session):
    for name in ("veenstroom Noord", "Netkade", "Aardkabel"):
        keep_mention(session, name, "12345")
    assert names(session) == ["Aardkabel", "Netkade", "veenstroom Noord"]
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
    assert keep_mention(session, "Netkade", typed).network_id == "12345678"


def test_a_name_is_one_line_without_the_sign_before_it(session):
    assert keep_mention(session, " @Royal\n Lichtwerk ", "1").name == "Royal Lichtwerk"


@pytest.mark.parametrize(
    ("name", "number", "problems"),
    [
        ("", "1", {"name": "missing"}),
        ("@", "1", {"name": "missing"}),
        ("x" * 101, "1", {"name": "too_long"}),
        ("netkade", "1", {"name": "twice"}),
        ("Other", "", {"number": "missing"}),
        ("Other", "linkedin.com/company/netkade", {"number": "no_number"}),
        ("Other", "https://evil.example/company/1", {"number": "no_number"}),
        ("Other", "1" * 21, {"number": "no_number"}),
        ("", "x", {"name": "missing", "number": "no_number"}),
    ],
)
def test_what_cannot_be_mentioned_is_refused_by_field(session, name, number, problems):
    keep_mention(session, "Netkade", "7")
    with pytest.raises(MentionRefused) as refused:
        keep_mention(session, name, number)
    assert refused.value.problems == problems
    assert names(session) == ["Netkade"]


def test_one_is_changed_and_taken_off(session):
    row = keep_mention(session, "Netkade", "7")
    keep_mention(session, "Netkade", "8", row.id)
    assert [(one.name, one.network_id) for one in all_mentions(session)] == [
        ("Netkade", "8")
    ]
    take_off(session, row.id)
    take_off(session, row.id)
    assert names(session) == []


def test_two_presses_at_once_put_it_on_the_list_once(database_url):
    def press(_number):
        try:
            with transaction() as session:
                keep_mention(session, "Netkade", "12345")
        except MentionRefused as refused:
            return refused.problems
        return None

    with ThreadPoolExecutor(8) as threads:
        answers = list(threads.map(press, range(8)))

    assert answers.count(None) == 1
    assert answers.count({"name": "twice"}) == 7
