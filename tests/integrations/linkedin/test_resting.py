"""A LinkedIn that is out of order is left alone for a minute, and nothing is spent on it."""

import pytest
from werkzeug.wrappers import Response

from integrations.breaker import MOST_FAILURES, RESTING, Breaker
from integrations.errors import NotDone, OutcomeUnknown, Refused
from integrations.linkedin.client import LinkedIn
from integrations.linkedin.figures import LinkedInFigures
from integrations.linkedin.sign_on import LinkedInSignOn
from integrations.network import Access
from tests.integrations.linkedin.scripted import raw_server, scripted, settings_for

ACCESS = Access("the-token", "member1")
URN = "urn:li:share:1"


def _delete_until_resting(linkedin):
    for _ in range(MOST_FAILURES):
        with pytest.raises(NotDone) as caught:
            linkedin.delete(ACCESS, URN)
        if caught.value.code == RESTING:
            return
    pytest.fail("it never rests")


def test_after_ten_failures_it_is_not_asked_again():
    with scripted(Response(status=503)) as server:
        linkedin = LinkedIn(server.settings())
        _delete_until_resting(linkedin)
        assert len(server.asked) == MOST_FAILURES
        with pytest.raises(NotDone) as caught:
            linkedin.delete(ACCESS, URN)
        assert caught.value.wait > 50
        assert len(server.asked) == MOST_FAILURES


def test_a_host_that_hangs_up_counts_as_well():
    with raw_server(lambda line: line.recv(65536)) as server:
        _delete_until_resting(LinkedIn(settings_for(server.address)))
        assert server.connections == MOST_FAILURES


def test_posts_in_doubt_stop_before_there_are_more():
    with scripted(Response(status=503)) as server:
        linkedin = LinkedIn(server.settings())
        for _ in range(MOST_FAILURES):
            with pytest.raises(OutcomeUnknown):
                linkedin.open_line(ACCESS).create(b"{}")
        with pytest.raises(NotDone) as caught:
            linkedin.open_line(ACCESS)
        assert caught.value.code == RESTING
        assert len(server.asked) == MOST_FAILURES


def test_posts_and_other_calls_share_the_count():
    with raw_server(lambda line: line.recv(65536)) as server:
        linkedin = LinkedIn(settings_for(server.address))
        for _ in range(MOST_FAILURES):
            with pytest.raises(OutcomeUnknown):
                linkedin.open_line(ACCESS).create(b"{}")
        with pytest.raises(NotDone) as caught:
            linkedin.delete(ACCESS, URN)
        assert caught.value.code == RESTING


def test_a_refusal_is_no_failure():
    with scripted(Response(status=400)) as server:
        linkedin = LinkedIn(server.settings())
        for _ in range(MOST_FAILURES + 1):
            with pytest.raises(Refused):
                linkedin.open_line(ACCESS).create(b"{}")
        assert len(server.asked) == MOST_FAILURES + 1


def _ask_about_tokens(address, breaker):
    return LinkedInSignOn(settings_for(address), breaker).token_state("t")


def _trade_a_code(address, breaker):
    back = "http://localhost/back?code=c&state=s"
    return LinkedInSignOn(settings_for(address), breaker).finish(back, "s")


def _read_figures(address, breaker):
    return LinkedInFigures(settings_for(address), breaker).figures(ACCESS, URN)


def _open_a_line(address, breaker):
    return LinkedIn(settings_for(address), breaker).open_line(ACCESS)


@pytest.mark.parametrize(
    "ask", [_ask_about_tokens, _trade_a_code, _read_figures, _open_a_line]
)
def test_whoever_failed_a_host_rests_for_all_who_share_the_count(ask):
    with scripted(Response(status=503)) as server:
        breaker = Breaker()
        _delete_until_resting(LinkedIn(server.settings(), breaker))
        with pytest.raises(NotDone) as caught:
            ask(server.address, breaker)
        assert caught.value.code == RESTING
        assert len(server.asked) == MOST_FAILURES


@pytest.mark.parametrize("ask", [_ask_about_tokens, _trade_a_code, _read_figures])
def test_failures_of_every_kind_of_call_are_counted(ask):
    with scripted(Response(status=503)) as server:
        breaker = Breaker()
        for _ in range(MOST_FAILURES):
            with pytest.raises(NotDone):
                ask(server.address, breaker)
        assert len(server.asked) == MOST_FAILURES
        with pytest.raises(NotDone) as caught:
            _open_a_line(server.address, breaker)
        assert caught.value.code == RESTING
