"""Why posts wait is said to administrators for each reason there is, in both languages."""

import pytest
from flask_babel import force_locale

from advocacy.shares.models import ShareState
from advocacy.watch.state import TOLD_AS, WAITING
from advocacy.watch.words import parked_words
from tests.advocacy.shares.stored_reasons import STORED

PARKED = [
    (state, TOLD_AS.get(reason, reason))
    for state in (ShareState.SCHEDULED, *WAITING)
    for reason in sorted(STORED[state])
]


@pytest.mark.parametrize(("state", "reason"), PARKED)
def test_each_reason_has_words_of_its_own(app, state, reason):
    with app.test_request_context(), force_locale("en"):
        english, other = parked_words(state, reason), parked_words(state, "unheard of")
    with app.test_request_context(), force_locale("nl"):
        dutch = parked_words(state, reason)

    assert english != dutch
    assert english != other or reason == "late"
