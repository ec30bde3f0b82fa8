"""The desk's helpers: each gives the page again, with everything kept and nothing stored."""

from sqlalchemy import func, select

from advocacy.shares.models import Share
from tests.advocacy.library.conftest import EXPERT, TEAM
from tests.advocacy.library.pictures import add_picture
from tests.advocacy.library.reading import fields, words


def wording(story, session, text):
    session.refresh(story, ["wordings"])
    return next(one.id for one in story.wordings if one.text == text)


def box(desk):
    return fields(desk.page, desk.action)["text"]


def test_a_suggestion_goes_into_the_box_and_the_old_text_is_one_step_back(
    desk, story, session
):
    answer = desk.press(text="My first try", start=wording(story, session, TEAM))
    assert answer.status_code == 200
    assert box(desk) == TEAM
    desk.press("back")
    assert box(desk) == "My first try"
    desk.press("back")
    assert box(desk) == TEAM


def test_the_box_is_in_focus_again_after_a_press_that_helped(desk, story, session):
    source = desk.press(start=wording(story, session, TEAM)).get_data(as_text=True)
    assert " autofocus>" in source


def test_a_page_in_another_language_begins_at_its_beginning(desk):
    answer = desk.press(text="Mine", page_language="nl")
    assert "autofocus" not in answer.get_data(as_text=True)


def test_trying_two_suggestions_keeps_the_text_just_before(desk, story, session):
    desk.press(text="Mine", start=wording(story, session, TEAM))
    desk.press(start=wording(story, session, EXPERT))
    assert box(desk) == EXPERT
    assert "Take back my text" in words(desk.page)


def test_without_an_old_text_there_is_nothing_to_take_back(desk):
    assert "Take back my text" not in words(desk.page)


def test_an_unknown_suggestion_changes_nothing(desk):
    desk.press(text="Mine", start="999999")
    assert box(desk) == "Mine"


def test_line_breaks_and_spaces_survive_every_press(desk):
    desk.press("preview", text="One\r\n\r\n  two  \r\n")
    assert box(desk).replace("\r\n", "\n") == "One\n\n  two  \n"


def test_the_line_that_says_where_one_works_opens_the_text_in_its_language(desk):
    desk.press("disclose", text="De lijn is klaar en het werk ook.")
    assert box(desk) == "Ik werk bij Veenstroom. De lijn is klaar en het werk ook."
    assert "It is clear that you work here." in words(desk.page)


def test_the_editors_own_line_is_used_where_there_is_one(desk, story, session):
    story.disclosure_en = "Veenstroom pays my salary."
    session.commit()
    desk.open()
    desk.press("disclose", text="The line is done.")
    assert box(desk) == "Veenstroom pays my salary. The line is done."


def test_the_other_language_is_shown_on_request_and_stays(desk):
    desk.press(show="nl", text="Mine")
    assert "Eenenveertig masten" in words(desk.page)
    desk.press("preview")
    assert "Eenenveertig masten" in words(desk.page)
    assert box(desk) == "Mine"


def test_the_meter_tells_the_writer_alone_and_never_scolds(desk):
    desk.press("preview", text=TEAM)
    said = words(desk.page)
    assert "Nearly the suggestion as it stands" in said
    assert "The same as “As a team”:" in said
    assert "<mark>Forty-one towers" in desk.page.get_data(as_text=True)
    desk.press("preview", text="Nobody cheered. They packed up.")
    assert "Mostly your own words" in words(desk.page)


def test_the_meter_looks_at_no_more_than_a_text_can_ever_be(desk):
    mine = "Nobody cheered, they packed up. " * 1000
    desk.press("preview", text=mine + TEAM)
    said = words(desk.page)
    assert "Mostly your own words" in said
    assert "The same as" not in said


def test_the_preview_folds_and_shows_the_card(desk):
    desk.press("preview", text="word " * 60)
    page = desk.page.get_data(as_text=True)
    assert 'class="fold" data-fold><span>' in page
    assert "The Eempolder line is ready" in words(desk.page)
    desk.press("preview", text="Short.")
    assert 'class="fold" data-fold hidden>' in desk.page.get_data(as_text=True)


def test_the_count_is_linkedins_and_warns_when_it_gets_tight(desk):
    desk.press("preview", text="(👷)")
    assert "6 of 3,000 characters" in words(desk.page)
    desk.press("preview", text="x" * 2900)
    assert "2,900 of 3,000 characters, 100 left" in words(desk.page)
    desk.press("preview", text="x" * 3012)
    assert "3,012 of 3,000 characters, 12 too many" in words(desk.page)


def test_what_linkedin_counts_beyond_the_text_is_said_apart(desk):
    said = "On LinkedIn #, @ and ( count for more"
    desk.press("preview", text="(👷)")
    assert f"6 of 3,000 characters. {said}: 2 here." in words(desk.page)
    desk.press("preview", text="Plain words, and 👷.\r\nTwo lines.")
    assert said not in words(desk.page)


def test_nothing_is_stored_while_somebody_writes(desk, session, story):
    for do in ("preview", "disclose", "back"):
        desk.press(do, text="Mine alone")
    desk.press(show="nl")
    desk.press(start=wording(story, session, TEAM))
    assert session.scalar(select(func.count()).select_from(Share)) == 0


def test_markup_in_a_text_is_only_text(desk):
    desk.press("preview", text="</textarea><script>alert(1)</script>")
    page = desk.page.get_data(as_text=True)
    assert "<script>alert" not in page
    assert box(desk) == "</textarea><script>alert(1)</script>"


def test_signing_out_lets_the_browser_forget_what_was_being_written(desk):
    answer = desk.browser.post("/sign-out")
    assert answer.headers["Clear-Site-Data"] == '"storage"'


def test_the_details_stay_folded_until_one_of_them_is_changed(desk, story, session):
    add_picture(session, story)
    other = add_picture(session, story, position=1)
    session.commit()
    desk.open()
    desk.press("preview")
    assert '<details class="behind">' in desk.page.get_data(as_text=True)
    desk.press("preview", picture=other.public_id)
    assert '<details class="behind" open>' in desk.page.get_data(as_text=True)


def test_a_change_of_language_keeps_the_text_and_turns_the_suggestions(desk):
    desk.press(text="Half a\n\nthought.", at="2030-01-02T08:30", seen="connections")
    page = desk.press(page_language="nl").text
    assert '<html lang="nl"' in page
    sent = fields(desk.page, desk.action)
    assert sent["text"] == "Half a\n\nthought."
    assert (sent["at"], sent["seen"]) == ("2030-01-02T08:30", "connections")
    assert "Eenenveertig masten" in words(desk.page)
    assert TEAM not in words(desk.page)
    assert 'form="desk" formnovalidate name="page_language" value="en"' in page
