"""Every order of events, in the database and in an oracle: they must stay the same."""

from datetime import timedelta
from inspect import signature

from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    invariant,
    rule,
    run_state_machine_as_test,
)
from sqlalchemy import delete, func, update

from advocacy.accounts.models import Account
from advocacy.consent.models import Purpose
from advocacy.consent.operations import give, withdraw
from advocacy.errors import TooLate
from advocacy.outside import LINKEDIN
from advocacy.people.models import Person
from advocacy.shares.arming import arm, freeze_body, release
from advocacy.shares.cascades import cancel_for, cancel_for_item, reconnected
from advocacy.shares.changes import answer_uncertain, send_again
from advocacy.shares.claiming import claim_share
from advocacy.shares.models import Share
from advocacy.shares.operations import undo
from advocacy.shares.outcomes import Outcome, doubt, not_sent, outcome_of, posted
from advocacy.shares.reasons import Reason, WishRefused
from advocacy.shares.settling import settle_attempt
from advocacy.shares.sweeper import sweep
from content.items import Item
from content.operations import withdraw_item
from integrations.clock import now
from integrations.database import transaction
from integrations.errors import AccessExpired, NotDone, Refused
from tests.advocacy.shares.making import (
    TERMS,
    attempts,
    connect_account,
    make_item,
    make_person,
    queue_due,
)
from tests.advocacy.shares.oracle import ENDS, LIVE, Oracle

BODY = b"exactly this"
OVER = {"published", "failed", "cancelled"}
any_of = st.integers(min_value=0, max_value=9_999)


def outcome_for(end: str, urn: str) -> Outcome:
    """As the answers of the network become outcomes."""
    errors = {
        "busy": NotDone("busy", wait=60, code="429"),
        "refused": Refused("no", code="422"),
        "token refused": AccessExpired("no", code="401"),
    }
    if end in errors:
        return outcome_of(errors[end], tries=0, token_is_new=False)
    return {
        "live": posted(urn),
        "live without id": posted(None),
        "doubt": doubt("504"),
        "not sent": not_sent(),
    }[end]


class Machine(RuleBasedStateMachine):
    """One share; workers that hold it, lose it and come back; people who change minds."""

    def __init__(self, station):
        super().__init__()
        self.station = station
        self.network = station.outside.networks[LINKEDIN]
        self.begin()

    def begin(self):
        """Somebody new with a share that is due."""
        self.oracle = Oracle()
        self.claims, self.armed, self.told = [], [], set()
        self.meant_twice = 0
        with transaction() as session:
            person, item = make_person(session), make_item(session)
            connect_account(session, person)
            share = queue_due(session, person, item)
            self.person, self.item, self.share = person.id, item.id, share.id

    def another_share(self):
        self.begin()

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
            (8 * (now.state == "scheduled"), self.go_as_far_as_the_wire),
            (1 + 6 * (now.state == "scheduled"), self.claim),
            (2 * held + 4 * (now.state == "preparing"), self.prepare_and_freeze),
            (2 * held + 4 * (now.state == "ready"), self.arm),
            (2 * held, self.give_back),
            (6 * (len(self.told) < len(self.armed)), self.settle),
            (2 + 5 * now.lease_over, self.sweep),
            (4 * (now.holder is not None), self.lease_runs_out),
            (8 * now.waits, self.next_try_comes),
            (now.state in {"scheduled", "needs_reconnect"}, self.hours_go_by),
            (1, self.undo),
            (1, self.withdraw_consent),
            (6 * (not now.consent_on), self.consent_again),
            (now.item_holds, self.withdraw_item),
            (6 * (not now.account_works), self.reconnect),
            (1 + 4 * unsure, self.answer_the_doubt),
            (1 + 6 * unsure + 6 * (now.state == "missed"), self.send_again),
        ]

    # What workers do.

    def go_as_far_as_the_wire(self):
        """The usual way in one go, so that what may follow is reached often."""
        claims = len(self.claims)
        self.claim()
        if len(self.claims) > claims:
            self.prepare_and_freeze(claims)
            self.arm(claims)

    def claim(self):
        with transaction() as session:
            claim = claim_share(session, self.share, self.station)
        assert (claim is not None) == self.oracle.claim(len(self.claims))
        if claim is not None:
            self.claims.append(claim)

    def prepare_and_freeze(self, which):
        place, claim = self._one_of(self.claims, which)
        with transaction() as session:
            assert freeze_body(session, claim, BODY) == self.oracle.freeze(place)

    def arm(self, which):
        place, claim = self._one_of(self.claims, which)
        with transaction() as session:
            armed = arm(session, claim, BODY)
        assert (armed is not None) == self.oracle.arm(place)
        if armed is not None:
            assert armed.n == len(self.oracle.attempts)
            self.armed.append(armed)

    def give_back(self, which):
        innocent = bool(which % 2)
        place, claim = self._one_of(self.claims, which)
        with transaction() as session:
            release(session, claim, innocent=innocent)
        self.oracle.release(place, innocent=innocent)

    def settle(self, which):
        end = sorted(ENDS)[which // 7 % len(ENDS)]
        open_ones = [n for n in range(len(self.armed)) if n not in self.told]
        number = open_ones[which % len(open_ones)]
        outcome = outcome_for(end, f"urn:li:share:{self.share}{number:03d}")
        with transaction() as session:
            attempted = self.armed[number].attempted
            settle_attempt(session, attempted, outcome, self.network)
        if end != "doubt":  # who only doubts may still hear later
            self.told.add(number)
        self.oracle.settle(number, end)

    def sweep(self):
        with transaction() as session:
            sweep(session)
        self.oracle.sweep()

    # What time does.

    def lease_runs_out(self):
        self._change(lease_until=func.clock_timestamp() - timedelta(seconds=1))
        self.oracle.lease_over = True

    def next_try_comes(self):
        self._change(next_at=func.clock_timestamp())
        self.oracle.waits = False

    def hours_go_by(self):
        self._change(due_at=func.clock_timestamp() - timedelta(hours=7))
        self.oracle.late = True

    # What people do.

    def undo(self):
        assert self._pressed(undo, now()) == self.oracle.undo()

    def withdraw_consent(self):
        with transaction() as session:
            person = session.get_one(Person, self.person)
            purpose, steps = Purpose.POST_FOR_ME, [cancel_for]
            withdraw(session, person, purpose, "en", "a test", now(), steps)
        self.oracle.withdraw_consent()

    def consent_again(self):
        with transaction() as session:
            person = session.get_one(Person, self.person)
            give(session, person, Purpose.POST_FOR_ME, "en", "a test", now())
        self.oracle.consent_on = True

    def withdraw_item(self):
        with transaction() as session:
            withdraw_item(session, session.get_one(Item, self.item), "a test")
            cancel_for_item(session, self.item, Reason.ITEM_WITHDRAWN, now())
        self.oracle.withdraw_item()

    def reconnect(self):
        with transaction() as session:
            session.execute(delete(Account).where(Account.person_id == self.person))
            connect_account(session, session.get_one(Person, self.person))
            reconnected(session, self.person, LINKEDIN, now())
        self.oracle.reconnect()

    def answer_the_doubt(self, which):
        there = bool(which % 2)
        pressed = self._pressed(answer_uncertain, there=there, at=now())
        assert pressed == self.oracle.answer(there=there)

    def send_again(self):
        before = self.oracle.state
        try:
            with transaction() as session:
                share = session.get_one(Share, self.share)
                person = session.get_one(Person, self.person)
                item = session.get_one(Item, self.item)
                send_again(session, share, person, item, now(), terms=TERMS)
            done = True
        except (TooLate, WishRefused):
            done = False
        assert done == self.oracle.send_again()
        self.meant_twice += done and before == "uncertain"

    # What must always hold.

    @invariant()
    def the_rows_say_what_the_oracle_says(self):
        with transaction() as session:
            share = session.get_one(Share, self.share, populate_existing=True)
            rows = attempts(session, share)
        assert share.state == self.oracle.state
        assert share.crash_count == self.oracle.crashes
        assert (share.lease_owner is not None) == (self.oracle.holder is not None)
        assert share.stop_requested == self.oracle.stop_requested
        ends = [None if row.outcome is None else row.outcome for row in rows]
        assert ends == [self._row(one.end) for one in self.oracle.attempts]

    @invariant()
    def it_is_posted_once_unless_its_owner_meant_it_twice(self):
        live = sum(one.end in LIVE for one in self.oracle.attempts)
        assert live <= 1 + self.meant_twice

    @invariant()
    def one_attempt_at_most_is_without_an_end(self):
        assert sum(one.end is None for one in self.oracle.attempts) <= 1

    @staticmethod
    def _row(end):
        if end is None:
            return None
        return "not_sent" if end == "not sent" else ENDS[end][0]

    @staticmethod
    def _one_of(rows, which):
        place = which % len(rows)
        return place, rows[place]

    def _pressed(self, press, *given, **named):
        try:
            with transaction() as session:
                press(session, session.get_one(Share, self.share), *given, **named)
        except TooLate:
            return False
        return True

    def _change(self, **values):
        with transaction() as session:
            session.execute(update(Share).where(Share.id == self.share).values(values))


def test_rows_and_oracle_agree_whatever_happens_in_whatever_order(session, station):
    del session  # the fixture undoes everything afterwards
    run_state_machine_as_test(
        lambda: Machine(station),
        settings=settings(
            max_examples=20,
            stateful_step_count=30,
            derandomize=True,
            deadline=None,
            # Making a story shorter takes minutes; thirty steps can be read.
            phases=[Phase.generate],
            database=None,
            suppress_health_check=list(HealthCheck),
        ),
    )
