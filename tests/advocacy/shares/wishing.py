"""What people do in a story: second thoughts, withdrawals, answers to a doubt."""

from dataclasses import replace
from datetime import timedelta

from sqlalchemy import delete

from advocacy.accounts.models import Account
from advocacy.consent.models import Purpose
from advocacy.consent.operations import give, withdraw
from advocacy.errors import TooLate
from advocacy.outside import LINKEDIN
from advocacy.people.models import Person
from advocacy.shares.cascades import cancel_for, cancel_for_item
from advocacy.shares.changes import (
    answer_uncertain,
    mark_removed,
    send_again,
    stop_sending,
    the_same_again,
)
from advocacy.shares.models import Share
from advocacy.shares.operations import undo
from advocacy.shares.reasons import Reason, WishRefused
from advocacy.shares.reconnecting import reconnected
from advocacy.shares.taking_back import take_back
from content.items import Item
from content.operations import withdraw_item
from integrations.clock import now
from integrations.database import transaction
from tests.advocacy.shares.making import TERMS, connect_account

# No story lasts until it is over, however busy the machine.
LONG_HOLD = replace(TERMS, hold_seconds=7200)


class People:
    """Needs share, person, item, oracle and meant_twice."""

    def undo(self):
        assert self._pressed(undo, now()) == self.oracle.undo()

    def stop_on_the_wire(self):
        assert self._pressed(stop_sending) == self.oracle.stop()

    def take_off(self):
        """The network said that it is deleted."""
        assert self._pressed(mark_removed) == self.oracle.take_off()

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
            hold = timedelta(seconds=LONG_HOLD.hold_seconds)
            reconnected(session, self.person, LINKEDIN, now(), hold=hold)
        self.oracle.reconnect()

    def answer_the_doubt(self, which):
        there = bool(which % 2)
        pressed = self._pressed(answer_uncertain, there=there, at=now())
        assert pressed == self.oracle.answer(there=there)

    def take_the_answer_back(self):
        assert self._pressed(take_back, None) == self.oracle.take_back()

    def send_again(self):
        before = self.oracle.state
        try:
            with transaction() as session:
                share = session.get_one(Share, self.share)
                person = session.get_one(Person, self.person)
                item = session.get_one(Item, self.item)
                send_again(
                    session,
                    share,
                    the_same_again(share, person, item, now()),
                    LONG_HOLD,
                )
            done = True
        except (TooLate, WishRefused):
            done = False
        assert done == self.oracle.send_again()
        self.meant_twice += done and before == "uncertain"

    def _pressed(self, press, *given, **named):
        try:
            with transaction() as session:
                press(session, session.get_one(Share, self.share), *given, **named)
        except TooLate:
            return False
        return True
