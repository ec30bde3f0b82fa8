"""The sample organisation on paper: its people, its items, its website."""

import json
from collections import Counter
from datetime import date
from pathlib import Path

import pytest

from advocacy.demo.drawing.pictures import PICTURES
from advocacy.demo.history import months_before
from advocacy.demo.sample_items import ORGANISATIONS, TOPICS, SampleItem, sample_items
from advocacy.demo.staff import PLACES, UNITS, address_of, colleagues
from advocacy.demo.website import write_website
from advocacy.people.demo_people import DEMO_PEOPLE
from content.items import ItemKind

BEGIN, TODAY = date(2025, 9, 1), date(2026, 11, 22)


def test_there_are_620_people_the_same_on_every_machine() -> None:
    found = colleagues(BEGIN, TODAY)
    assert len(found) + len(DEMO_PEOPLE) == 620
    assert found == colleagues(BEGIN, TODAY)
    assert len({one.email for one in found}) == len(found)
    assert not {one.name for one in found} & {one.name for one in DEMO_PEOPLE}


def test_the_units_have_their_size() -> None:
    sizes = Counter(one.unit for one in colleagues(BEGIN, TODAY))
    sizes.update(unit for unit, _ in PLACES.values())
    assert sizes == {unit: count for unit, (count, _) in UNITS.items()}
    assert {one.name for one in DEMO_PEOPLE} == set(PLACES)


def test_nobody_joins_tomorrow() -> None:
    joined = [one.joined_on for one in colleagues(BEGIN, TODAY)]
    assert max(joined) <= TODAY
    assert sum(day > BEGIN for day in joined) > 10


@pytest.mark.parametrize("person", DEMO_PEOPLE, ids=lambda person: person.name)
def test_a_named_person_has_the_address_their_name_makes(person) -> None:
    assert person.email == address_of(person.name)


def test_there_are_ten_items_and_more_to_share_now_in_both_languages() -> None:
    now = [one for one in sample_items() if not one.draft and _offered(one)]
    assert len(now) >= 10
    assert {one.language for one in now} == {"en", "nl"}
    assert {one.kind for one in now} == set(ItemKind)
    for one in now:
        spoken = Counter(wording.language for wording in one.wordings)
        assert min(spoken["en"], spoken["nl"]) >= 3, one.slug
        assert {wording.angle for wording in one.wordings} == {
            "expert",
            "team",
            "personal",
        }


def _offered(item: SampleItem) -> bool:
    return 0 <= item.offered_days_ago < item.lasts_days


@pytest.mark.parametrize("item", sample_items(), ids=lambda item: item.slug)
def test_an_item_names_only_what_there_is(item: SampleItem) -> None:
    assert {picture.name for picture in item.pictures} <= set(PICTURES)
    assert all(picture.alt for picture in item.pictures)
    assert set(item.topics) <= {slug for slug, _, _ in TOPICS}
    assert (item.kind == "link") == (item.page is not None)
    assert (item.kind == "video") == bool(item.film)
    assert (item.kind == "document") == bool(item.document)
    assert len({wording.text for wording in item.wordings}) == len(item.wordings)


def test_an_organisation_is_mentioned_as_it_is_called() -> None:
    texts = [word.text for item in sample_items() for word in item.wordings]
    for name, number in ORGANISATIONS:
        assert any(f"@{name}" in text for text in texts)
        # LinkedIn's own numbers have nine digits so far.
        assert len(number) > 12


def test_some_item_could_be_shared_on_every_day_of_the_history() -> None:
    items = [one for one in sample_items() if not one.draft]
    for day in range(430):
        assert any(
            0 <= one.offered_days_ago - day < one.lasts_days
            for one in items
            if one.offered_days_ago >= day
        ), f"{day} days ago"


def test_the_history_has_fourteen_whole_months_and_the_one_under_way() -> None:
    months = months_before(date(2026, 11, 22))
    assert len(months) == 15
    assert months[0] == date(2025, 9, 1)
    assert months[-1] == date(2026, 11, 1)
    assert months_before(date(2026, 1, 31))[0] == date(2024, 11, 1)


def test_the_website_has_a_page_for_each_link_with_its_picture(tmp_path: Path) -> None:
    file = tmp_path / "website" / "website.json"
    write_website(file, sample_items())
    pages = json.loads(file.read_text(encoding="utf-8"))["pages"]
    assert set(pages) == {one.slug for one in sample_items() if one.page}
    for page in pages.values():
        assert page["title"]
        assert page["body"]
        assert not page["picture"] or (file.parent / page["picture"]).exists()
