"""Every reason that is stored has a sentence of its own, in both languages."""

import pytest
from flask_babel import force_locale

from advocacy.shares import reason_words as why
from advocacy.shares.models import ShareState
from advocacy.shares.problem_words import by_place
from advocacy.shares.reasons import Problem, Reason
from tests.advocacy.shares.stored_reasons import HIDDEN, STORED

S = ShareState
PAIRS = [(state, reason) for state, found in STORED.items() for reason in sorted(found)]
TABLES = {
    S.SCHEDULED: why.WAITING,
    S.NEEDS_RECONNECT: why.NOT_POSTED,
    S.MISSED: why.NOT_POSTED,
    S.FAILED: why.NOT_POSTED,
    S.CANCELLED: why.STOPPED,
    S.UNCERTAIN: why.IN_DOUBT,
    S.PUBLISHED: why.LIVE,
    S.PUBLISHED_UNVERIFIED: why.LIVE,
    S.REMOVED: why.REMOVED,
}
# What a picture, a video and others are refused with, test_failing_media.py looks at.
MEDIA = {
    "en": "LinkedIn did not take what went along.",
    "nl": "LinkedIn nam niet aan wat erbij zat.",
}


@pytest.fixture
def sentence(app):
    """What is written for a reason in a state."""

    def find(state, reason, language):
        if reason is Reason.MEDIA_REFUSED:
            return MEDIA[language]
        with app.test_request_context(), force_locale(language):
            return str(TABLES[state][reason]) % {"network": "LinkedIn"}

    return find


def test_every_reason_is_stored_in_some_state():
    assert frozenset().union(*STORED.values()) == set(Reason) - {HIDDEN}


@pytest.mark.parametrize(("state", "reason"), PAIRS)
def test_the_page_says_the_reason_in_both_languages(
    keep, reads, sentence, state, reason
):
    share = keep(state, reason=reason)

    english, dutch = (sentence(state, reason, one) for one in ("en", "nl"))

    assert english != dutch
    assert english in reads(share, "en")
    assert dutch in reads(share, "nl")
    assert english not in reads(share, "nl")


@pytest.mark.parametrize("state", STORED)
@pytest.mark.parametrize("language", ["en", "nl"])
def test_no_two_reasons_of_a_state_are_said_alike(sentence, state, language):
    said = [sentence(state, reason, language) for reason in STORED[state]]
    assert len(set(said)) == len(said)
    assert all(said)


@pytest.mark.parametrize("problem", Problem)
def test_every_problem_of_a_wish_is_said_in_both_languages(app, problem):
    with app.test_request_context(), force_locale("en"):
        english = by_place({"": problem})
    with app.test_request_context(), force_locale("nl"):
        assert by_place({"": problem})["send"] not in {"", english["send"]}
