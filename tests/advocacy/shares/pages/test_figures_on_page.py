"""LinkedIn's figures on the page of one's shares: rough unless asked for, honest, and for
their owner alone.
"""

import re
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import select

from advocacy.accounts.models import Account
from advocacy.consent.models import Purpose
from advocacy.consent.operations import give
from advocacy.outside import LINKEDIN_FIGURES
from advocacy.shares.figure_rows import ShareFigures
from advocacy.shares.models import ShareState
from integrations.clock import now
from tests.advocacy.library.reading import words
from tests.advocacy.shares.making import make_person

COUNTS = {"shown": 1670, "reached": 512, "reactions": 12, "comments": 0}


@pytest.fixture
def settings(settings):
    """There is an app for figures."""
    own = {"linkedin_figures_client_id": "f", "linkedin_figures_client_secret": "s"}
    return replace(settings, **own)


@pytest.fixture
def sent(monkeypatch):
    """What the page asks of a worker."""
    found = []

    def send(task, *args, **_queue):
        found.append((task, *args))
        return True

    monkeypatch.setattr("integrations.task_queue.send", send)
    return found


@pytest.fixture
def posted(session, me, keep):
    give(session, me, Purpose.READ_MY_FIGURES, "en", "a test", now())
    session.add(
        Account(
            person_id=me.id,
            network=LINKEDIN_FIGURES,
            client_id="f",
            member_id="other",
            member_name=me.name,
            scopes=["r_member_postAnalytics"],
            token_locked=b"locked",
            token_key_id="k1",
            expires_at=now() + timedelta(days=50),
        )
    )
    return keep(ShareState.PUBLISHED, post_id="urn:li:share:1", posted_at=now())


def read(session, share, counts, *, hours=1.0) -> None:
    at = now() - timedelta(hours=hours)
    session.add(ShareFigures(share_id=share.id, asked_at=at, read_at=at, counts=counts))
    session.commit()


def shown(page) -> dict[str, str]:
    source = page.get_data(as_text=True)
    listed = re.search(r'<dl class="share-figures">(.*?)</dl>', source, re.DOTALL)
    return (
        dict(re.findall(r"<dt>(.*?)</dt><dd>(.*?)</dd>", listed[1])) if listed else {}
    )


def test_they_are_rough_unless_asked_for(session, reader, posted, sent):
    read(session, posted, COUNTS)
    page = reader.get("/shares")
    assert shown(page) == {
        "Times shown, as reported by LinkedIn": "50 or more",
        "Members reached": "50 or more",
        "Reactions": "5 to 19",
        "Comments": "0",
    }
    assert "LinkedIn’s own count, read on" in words(page)
    assert words(page).count("What it does not say is left out.") == 1
    exact = reader.get("/shares?visits=exact")
    assert shown(exact)["Times shown, as reported by LinkedIn"] == "1,670"
    assert "Reshares" not in shown(exact)


def test_looking_asks_a_worker_when_nothing_fresh_is_there(
    session, reader, me, posted, sent
):
    page = reader.get("/shares")
    assert sent == [("shares.read_figures", me.id)]
    assert "We are asking LinkedIn for its figures" in words(page)
    assert shown(page) == {}
    read(session, posted, COUNTS)
    assert "We are asking" not in words(reader.get("/shares"))
    assert len(sent) == 1


def test_no_figures_are_not_zero(session, reader, posted, sent):
    read(session, posted, {})
    assert "That is not the same as none." in words(reader.get("/shares"))


def test_what_is_too_old_is_not_shown_even_if_nobody_deleted_it(
    session, reader, posted, sent
):
    read(session, posted, COUNTS, hours=48)
    assert shown(reader.get("/shares")) == {}


def test_with_the_purpose_off_nothing_is_shown_and_nobody_asked(
    session, reader, posted, sent
):
    read(session, posted, COUNTS)
    page = reader.post("/consent/p2", data={"answer": "off"}, follow_redirects=True)
    assert "The figures are deleted, and the key for them is gone." in words(page)
    assert shown(reader.get("/shares")) == {}
    assert session.get(ShareFigures, posted.id, populate_existing=True) is None
    assert sent == []


def test_nobody_else_sees_them(session, browser_of, posted, sent):
    read(session, posted, COUNTS)
    other = make_person(session)
    give(session, other, Purpose.READ_MY_FIGURES, "en", "a test", now())
    assert shown(browser_of(other).get("/shares")) == {}


def test_another_account_for_figures_is_said_at_once(session, reader, me, posted, sent):
    assert "For figures you connected" not in words(reader.get("/shares"))
    account = session.scalar(select(Account).where(Account.client_id == "f"))
    account.member_name = "Somebody Else"
    session.commit()

    page = words(reader.get("/shares"))

    assert "the LinkedIn account of Somebody Else, and your posts go out" in page
    assert "LinkedIn tells figures only to the account that posted." in page
    account.member_id = session.scalar(
        select(Account.member_id).where(Account.network == "linkedin")
    )
    session.commit()
    assert "For figures you connected" not in words(reader.get("/shares"))


def test_a_post_of_which_linkedin_told_nothing_says_so(session, reader, posted, sent):
    at = now() - timedelta(minutes=2)
    session.add(ShareFigures(share_id=posted.id, asked_at=at, counts={}))
    session.commit()
    assert "and it told none." in words(reader.get("/shares"))

    session.get_one(ShareFigures, posted.id).asked_at = now()
    session.commit()
    assert "and it told none." not in words(reader.get("/shares"))
