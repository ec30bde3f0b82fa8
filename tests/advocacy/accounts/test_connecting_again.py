"""One colleague, one account: connecting it anew, another one, and somebody else's."""

from advocacy.accounts.queries import account_of, usable_account
from integrations.clock import now
from tests.advocacy.accounts.stored import rows, token_states
from tests.advocacy.shares.making import make_item, queue


def test_connecting_again_renews_the_token_in_the_same_row(session, ivo, sandbox):
    ivo.connect()
    account = account_of(session, ivo.person.id, "linkedin")
    account.refused_at = now()
    session.commit()
    first = account.token_locked
    assert usable_account(session, ivo.person.id, "linkedin", now()) is None
    ivo.connect()
    assert rows(session) == (1, 0)
    account = usable_account(session, ivo.person.id, "linkedin", now())
    assert account.token_locked != first
    # A network may forget all grants of a member when one is given back.
    assert set(token_states(sandbox)) == {"active"}


def test_another_account_of_ones_own_replaces_the_first_and_gives_it_back(
    session, ivo, sandbox
):
    ivo.connect("Ivo Terpstra")
    ivo.connect("Ivo Privé")
    account = account_of(session, ivo.person.id, "linkedin")
    assert account.member_name == "Ivo Privé"
    assert token_states(sandbox) == ["active", "revoked"]


def test_another_account_is_not_what_planned_posts_were_confirmed_for(session, ivo):
    ivo.connect("Ivo Terpstra")
    queue(session, ivo.person, make_item(session))
    session.commit()
    ivo.connect("Ivo Terpstra")
    assert "for another LinkedIn account" not in ivo.words()
    ivo.connect("Ivo Privé")
    assert "1 post that you confirmed for another LinkedIn account" in ivo.words()


def test_saying_yes_twice_is_one_account_and_no_error(session, ivo):
    ivo.connect()
    assert ivo.confirm().location == "/accounts"
    words = ivo.words()
    assert "was not started here" not in words
    assert rows(session) == (1, 0)


def test_one_linkedin_account_belongs_to_one_colleague(session, ivo, marit, sandbox):
    ivo.connect("Ivo Terpstra")
    answer = marit.come_back("Ivo Terpstra")
    assert answer.location == "/accounts"
    words = marit.words()
    assert "already connected here by somebody else" in words
    assert "Ivo" not in words
    assert rows(session) == (1, 0)
    assert account_of(session, marit.person.id, "linkedin") is None
    # Ivo's own token is left alone.
    assert set(token_states(sandbox)) == {"active"}
    account = account_of(session, ivo.person.id, "linkedin")
    assert account.member_name == "Ivo Terpstra"


def test_two_who_come_back_at_once_with_one_account_are_told_at_the_second_press(
    session, ivo, marit
):
    assert marit.come_back("Ivo Terpstra").location.endswith("/confirm")
    ivo.connect("Ivo Terpstra")
    assert marit.confirm().location == "/accounts"
    assert "already connected here by somebody else" in marit.words()
    assert account_of(session, marit.person.id, "linkedin") is None


def test_somebody_elses_account_leads_back_to_the_page_one_left(ivo, marit):
    ivo.connect("Ivo Terpstra")
    answer = marit.come_back("Ivo Terpstra", come_back_to="/items/7")
    assert answer.location == "/items/7"
    assert "already connected here by somebody else" in marit.words()
