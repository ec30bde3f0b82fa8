"""A post is deleted from My shares: after a question, and only where it is one's own."""

from dataclasses import replace

import pytest
from sqlalchemy import select

from advocacy.accounts.models import Account
from advocacy.accounts.operations import about_token
from advocacy.shares.models import ShareState
from advocacy.shares.publishing import publish_share
from advocacy.shares.reasons import Reason
from advocacy.web.runtime import runtime
from integrations.clock import now
from integrations.linkedin.client import LinkedIn
from tests.advocacy.library.reading import words
from tests.advocacy.shares.making import attempts, put_into, queue_due, state_of
from tests.advocacy.shares.pages.pressing import press

S = ShareState


@pytest.fixture
def settings(settings, sandbox):
    """The application speaks to the pretend network."""
    told = sandbox.settings_for_client()
    return replace(
        settings,
        linkedin_client_id=told.client_id,
        linkedin_client_secret=told.client_secret,
        linkedin_oauth_base=told.oauth_base,
        linkedin_api_base=told.api_base,
        linkedin_site_base=told.site_base,
    )


@pytest.fixture
def posted(app, session, sandbox, me, item, station):
    """A post that is really on the pretend network."""
    access = sandbox.access_for(f"{me.name} {me.id}")
    account = session.scalar(select(Account).where(Account.person_id == me.id))
    account.member_id = access.member_id
    with app.app_context():
        vault = runtime().outside.vault
    locked = vault.lock(access.token, about_token(me.id, "linkedin"))
    account.token_locked, account.token_key_id = locked.data, locked.key_id
    share = queue_due(session, me, item)
    session.commit()
    with app.app_context():
        outside = runtime().outside
    publish_share(share.id, replace(station, outside=outside))
    assert state_of(session, share) is S.PUBLISHED
    return share


def test_a_title_with_quotation_marks_is_not_quoted_twice(
    reader, session, item, posted
):
    item.title = "“We”, said the crew"
    session.commit()
    said = words(reader.get(f"/shares/{posted.public_id}/delete"))
    assert "“‘We’, said the crew”, posted on" in said


def test_a_post_is_deleted_after_a_question(reader, session, sandbox, posted):
    page = reader.get(f"/shares/{posted.public_id}/delete")
    assert "Delete this post from LinkedIn?" in words(page)
    assert "This cannot be undone." in words(page)
    assert state_of(session, posted) is S.PUBLISHED
    assert "Deleted from LinkedIn." in words(press(reader, posted, "delete"))
    assert state_of(session, posted) is S.REMOVED
    # Again, from a page that was still open.
    assert press(reader, posted, "delete").status_code == 200


def test_what_is_not_on_the_network_as_ours_is_not_deleted_there(
    reader, session, sandbox, posted
):
    """Looked at before the call: what is deleted cannot be brought back."""
    put_into(session, posted, S.TOLD)
    session.commit()
    page = press(reader, posted, "delete")
    assert "This is how it stands now." in words(page)
    assert [post["deleted"] for post in sandbox.posts()] == [False]
    assert state_of(session, posted) is S.TOLD


def test_a_network_that_cannot_be_reached_leaves_the_post_and_says_so(
    app, reader, session, sandbox, posted
):
    nobody = sandbox.settings_for_client(api_base="http://127.0.0.1:9")
    with app.app_context():
        runtime().outside.networks["linkedin"] = LinkedIn(nobody)
    page = press(reader, posted, "delete")
    assert "The post is still there. Try again later." in words(page)
    assert state_of(session, posted) is S.PUBLISHED


def test_a_connection_that_was_taken_back_leaves_the_post_and_says_so(
    reader, session, sandbox, posted
):
    sandbox.revoke_all()
    assert "delete it there." in words(press(reader, posted, "delete"))
    assert state_of(session, posted) is S.PUBLISHED


def test_without_the_account_it_must_be_deleted_by_hand(reader, session, me, posted):
    session.delete(session.scalar(select(Account).where(Account.person_id == me.id)))
    session.commit()
    assert "delete it there." in words(press(reader, posted, "delete"))
    assert state_of(session, posted) is S.PUBLISHED


def test_without_a_key_no_deleting_is_offered_but_where_it_is_possible(
    reader, session, me, posted
):
    said = words(reader.get("/shares"))
    assert "Delete the post" in said
    assert "delete it there" not in said
    account = session.scalar(select(Account).where(Account.person_id == me.id))
    account.refused_at = now()
    session.commit()
    said = words(reader.get("/shares"))
    assert "Delete the post" not in said
    assert "To delete it, open it on LinkedIn and delete it there." in said
    assert "Open on LinkedIn" in said

    page = reader.get(f"/shares/{posted.public_id}/delete", follow_redirects=True)
    assert "We may no longer delete it for you." in words(page)


def test_after_turning_it_off_the_button_goes_with_the_key(reader, posted):
    reader.post("/consent/p1", data={"answer": "off"})
    said = words(reader.get("/shares"))
    assert "Delete the post" not in said
    assert "delete it there." in said


def test_it_is_there_leads_to_deleting_it_where_that_was_wished(
    reader, session, sandbox, posted
):
    address = posted.post_address
    put_into(session, posted, S.UNCERTAIN)
    posted.reason = "stopped_too_late"
    posted.take_off_again, posted.post_id, posted.post_address = True, None, None
    session.commit()

    page = press(reader, posted, "there")
    assert "Say where, and you can delete it at once." in words(page)
    assert "Do so on LinkedIn, or add its address" in words(reader.get("/shares"))
    page = press(reader, posted, "address", address=address)
    assert "Delete this post from LinkedIn?" in words(page)
    assert "and can do so now." in words(reader.get("/shares"))

    assert "Deleted from LinkedIn." in words(press(reader, posted, "delete"))
    assert state_of(session, posted) is S.REMOVED
    assert [post["deleted"] for post in sandbox.posts()] == [True]


def test_a_post_whose_owner_said_where_it_is_can_be_deleted(
    reader, session, sandbox, posted
):
    put_into(session, posted, S.PUBLISHED_UNVERIFIED)
    posted.post_id = None
    session.commit()
    assert "Delete the post" in words(reader.get("/shares"))

    assert "Deleted from LinkedIn." in words(press(reader, posted, "delete"))

    assert state_of(session, posted) is S.REMOVED
    assert [post["deleted"] for post in sandbox.posts()] == [True]
    # A second press finds nothing left to delete.
    assert "This is how it stands now." in words(press(reader, posted, "delete"))


def test_a_told_address_of_somebody_elses_post_deletes_nothing(
    reader, session, sandbox, posted
):
    stranger = sandbox.access_for("Somebody Else")
    account = session.scalar(
        select(Account).where(Account.person_id == posted.person_id)
    )
    account.member_id = stranger.member_id
    with reader.application.app_context():
        vault = runtime().outside.vault
    about = about_token(posted.person_id, "linkedin")
    account.token_locked = vault.lock(stranger.token, about).data
    posted.member_hash = account.member_hash  # as if it had been posted there
    put_into(session, posted, S.PUBLISHED_UNVERIFIED)
    posted.post_id = None
    session.commit()

    page = press(reader, posted, "delete")

    assert "The post is still there." in words(page)
    assert [post["deleted"] for post in sandbox.posts()] == [False]


def test_taken_back_in_another_tab_while_it_is_deleted_it_is_said_to_be_deleted(
    app, browser_of, me, reader, session, sandbox, posted, monkeypatch
):
    address = posted.post_address
    put_into(session, posted, S.UNCERTAIN)
    posted.post_id = posted.post_address = None
    posted.reason = Reason.NO_ANSWER
    (attempt,) = attempts(session, posted)
    attempt.outcome = S.UNCERTAIN.value
    session.commit()
    press(reader, posted, "there")
    press(reader, posted, "address", address=address)
    other = browser_of(me)
    network = app.extensions["advocacy"].outside.networks["linkedin"]
    delete = network.delete

    def deleting(access, post_id):
        delete(access, post_id)
        assert "Taken back." in words(press(other, posted, "take-back"))

    monkeypatch.setattr(network, "delete", deleting)

    page = press(reader, posted, "delete")

    assert "Deleted from LinkedIn." in words(page)
    assert state_of(session, posted) is S.REMOVED
    assert all(post["deleted"] for post in sandbox.posts())
