"""Every order of events, in the database and in an oracle: they must stay the same."""

from dataclasses import replace
from inspect import signature
from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    invariant,
    rule,
    run_state_machine_as_test,
)

from advocacy.outside import LINKEDIN
from advocacy.shares.models import Share
from advocacy.shares.pausing import release_publishing
from integrations.database import transaction
from tests.advocacy.shares.making import (
    attempts,
    connect_account,
    make_item,
    make_person,
    queue_due,
)
from tests.advocacy.shares.oracle import ENDS, LIVE, Oracle
from tests.advocacy.shares.passing import Times
from tests.advocacy.shares.stored_reasons import HIDDEN, LEFT_OVER, STORED
from tests.advocacy.shares.wishing import People
from tests.advocacy.shares.working import Workers

ON_NETWORK = {"published", "published_unverified"}
OVER = {"published", "failed", "cancelled", "removed"}
any_of = st.integers(min_value=0, max_value=9_999)


class Machine(Workers, People, Times, RuleBasedStateMachine):
    """One share; workers that hold it, lose it and come back; people who change minds."""

    def __init__(self, station):
        super().__init__()
        self.station = station
        self.asking_station = replace(station, probe_doubts=True)
        self._place = TemporaryDirectory()
        self.folder = Path(self._place.name)
        self.network = station.outside.networks[LINKEDIN]
        self.begin()

    def begin(self):
        """Somebody new with a share that is due."""
        self.oracle = Oracle()
        self.claims, self.armed, self.told = [], [], set()
        self.meant_twice = 0
        with transaction() as session:
            release_publishing(session)
            person, item = make_person(session), make_item(session)
            connect_account(session, person)
            share = queue_due(session, person, item)
            self.person, self.item, self.share = person.id, item.id, share.id

    def another_share(self):
        self.begin()

    def teardown(self):
        self._place.cleanup()

    def _is_over(self):
        waited_for = len(self.told) < len(self.armed)
        return self.oracle.state in OVER and not waited_for

    @rule(luck=any_of, which=any_of)
    def something_happens(self, luck, which):
        """What can happen, the likelier the more it is worth telling."""
        possible = [(weight, act) for weight, act in self._events() if weight]
        place = luck % sum(weight for weight, _act in possible)
        for weight, act in possible:
            place -= weight
            if place < 0:
                wanted = "which" in signature(act).parameters
                act(which) if wanted else act()
                return

    def _events(self):
        now, held = self.oracle, bool(self.claims)
        unsure = now.state == "uncertain"
        return [
            (9 * self._is_over(), self.another_share),
            (16 * now.may_go, self.go_as_far_as_the_wire),
            (1 + 6 * now.may_go, self.claim),
            (2 * held + 4 * (now.state == "preparing"), self.prepare_and_freeze),
            (2 * held + 4 * (now.state == "ready"), self.arm),
            (2 * held, self.give_back),
            (9 * (len(self.told) < len(self.armed)), self.settle),
            (2 + 5 * now.lease_over, self.sweep),
            (2 * (now.holder is not None), self.lease_runs_out),
            (8 * now.waits, self.next_try_comes),
            (now.state in {"scheduled", "needs_reconnect"}, self.hours_go_by),
            (not now.service_stopped, self.stop_the_service),
            (12 * now.service_stopped, self.release_the_service),
            (1, self.put_back_a_copy),
            (1, self.undo),
            (now.state == "sending", self.stop_on_the_wire),
            (3 * (now.state in ON_NETWORK), self.take_off),
            (1, self.withdraw_consent),
            (6 * (not now.consent_on), self.consent_again),
            (now.item_holds, self.withdraw_item),
            (6 * (not now.account_works), self.reconnect),
            (unsure + 24 * now.may_ask, self.ask_about_the_doubt),
            (1 + 4 * unsure, self.answer_the_doubt),
            (1 + 6 * now.said_there, self.take_the_answer_back),
            (1 + 6 * unsure + 6 * (now.state == "missed"), self.send_again),
        ]

    # What must always hold.

    @invariant()
    def the_rows_say_what_the_oracle_says(self):
        with transaction() as session:
            share = session.get_one(Share, self.share, populate_existing=True)
            rows = attempts(session, share)
        assert share.state == self.oracle.state
        if share.state in STORED:
            silent = {"", HIDDEN} | LEFT_OVER.get(share.state, set())
            assert share.reason in STORED[share.state] | silent
        assert share.crash_count == self.oracle.crashes
        assert (share.lease_owner is not None) == (self.oracle.holder is not None)
        assert share.stop_requested == self.oracle.stop_requested
        ends = [None if row.outcome is None else row.outcome for row in rows]
        assert ends == [self._row(one.end) for one in self.oracle.attempts]

    @invariant()
    def it_is_posted_once_unless_its_owner_meant_it_twice(self):
        """A question about a doubt repeats the post; it makes no second one."""
        live = {one.post for one in self.oracle.attempts if one.end in LIVE}
        assert len(live) <= 1 + self.meant_twice

    @invariant()
    def one_attempt_at_most_is_without_an_end(self):
        assert sum(one.end is None for one in self.oracle.attempts) <= 1

    @staticmethod
    def _row(end):
        if end is None:
            return None
        return "not_sent" if end == "not sent" else ENDS[end][0]


def test_rows_and_oracle_agree_whatever_happens_in_whatever_order(session, station):
    del session  # the fixture undoes everything afterwards
    run_state_machine_as_test(
        lambda: Machine(station),
        settings=settings(
            max_examples=25,
            stateful_step_count=30,
            derandomize=True,
            deadline=None,
            # Making a story shorter takes minutes; thirty steps can be read.
            phases=[Phase.generate],
            database=None,
            suppress_health_check=list(HealthCheck),
        ),
    )
