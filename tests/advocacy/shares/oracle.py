"""What becomes of one share, in plain Python, from reliability.md 2.3 to 2.5 alone.

Nothing here is taken from the product: states are words, holders are numbers.
"""

from dataclasses import dataclass, field

UNSENT = {"scheduled", "preparing", "ready", "needs_reconnect", "missed"}
IN_HAND = {"preparing", "ready"}
POISON = 5  # claims in a row that ended without a word
# How an attempt can end: the share's state, whether a retry waits, and what is proved.
ENDS = {
    "live": ("published", False),
    "live without id": ("published_unverified", False),
    "doubt": ("uncertain", False),
    "not sent": ("scheduled", False),
    "busy": ("scheduled", True),
    "refused": ("failed", False),
    "token refused": ("needs_reconnect", False),
}
LIVE = {"live", "live without id"}


@dataclass
class OracleAttempt:
    end: str | None = None  # a word of ENDS; None while nobody knows
    post: int = 0  # which one it makes or repeats, by the attempt that made it
    asks: bool = False  # the same bytes once more, because of a doubt


@dataclass
class Oracle:
    """One share, its person's answer and account, and its item."""

    state: str = "scheduled"
    holder: int | None = None
    lease_over: bool = False
    waits: bool = False  # its next try is later
    late: bool = False
    crashes: int = 0
    consent_holds: bool = True  # the answer that the share rests on
    consent_on: bool = True
    item_holds: bool = True
    account_works: bool = True
    stop_requested: bool = False
    withdrawn_on_wire: bool = False  # what did not arrive is not tried again
    service_stopped: bool = False
    restored: bool = False  # in doubt because of a copy, not because of an attempt
    said_there: bool = False  # its owner says so, and nobody else
    copy_doubted: bool = False  # whether `restored` was so before that
    frozen: bool = True  # there are bytes to ask with
    asking: set[int] = field(default_factory=set)  # holders that ask about a doubt
    attempts: list[OracleAttempt] = field(default_factory=list)

    @property
    def may_go(self) -> bool:
        """Whether its time has come."""
        return self.state == "scheduled" and not (self.waits or self.service_stopped)

    def claim(self, holder: int) -> bool:
        if not self.may_go:
            return False
        self.crashes += 1
        if self.crashes > POISON:
            self._end("failed")
        elif not self.consent_holds or not self.item_holds:
            self._end("cancelled")
        elif self.late:
            self._end("missed")
        elif not self.account_works:
            self._end("needs_reconnect")
        else:
            self.state, self.holder, self.lease_over = "preparing", holder, False
            return True
        return False

    def freeze(self, holder: int) -> bool:
        if self.state != "preparing" or self.holder != holder:
            return False
        self.state, self.frozen = "ready", True
        return True

    def ask(self, holder: int) -> bool:
        """Take it in hand to send the same bytes once more."""
        if not self.may_ask:
            return False
        self.holder, self.lease_over = holder, False
        self.asking.add(holder)
        return True

    @property
    def may_ask(self) -> bool:
        """Once only, about the doubt of an attempt, while everything else still holds."""
        free = self.holder is None or self.lease_over
        asked = any(attempt.asks for attempt in self.attempts)
        rests = self.consent_holds and self.item_holds and self.account_works
        doubted = self.state == "uncertain" and self._doubted() and not self.restored
        if self.stop_requested or self.service_stopped or asked or self.late:
            return False
        return bool(free and rests and doubted and self.frozen)

    def _doubted(self) -> list[int]:
        """Attempts whose post may be there."""
        ends = [(one.end == "doubt" and not one.asks) for one in self.attempts]
        return [number for number, doubted in enumerate(ends) if doubted]

    def arm(self, holder: int) -> bool:
        asks, doubted = holder in self.asking, self._doubted()
        before = "uncertain" if asks else "ready"
        mine = self.state == before and self.holder == holder and not self.lease_over
        if self.service_stopped or self.stop_requested or (asks and not doubted):
            return False
        rests = self.consent_holds and self.consent_on and self.item_holds
        if not (mine and rests and self.account_works):
            return False
        self.state = "sending"
        post = doubted[-1] if asks else len(self.attempts)
        self.attempts.append(OracleAttempt(post=post, asks=asks))
        return True

    def release(self, holder: int, *, innocent: bool) -> None:
        if self.state in IN_HAND and self.holder == holder:
            self._back()
            self.crashes -= innocent
        asked = self.state == "uncertain" and holder in self.asking
        if asked and self.holder == holder:
            self.holder, self.lease_over = None, False

    def settle(self, number: int, end: str) -> None:
        """A worker tells how attempt `number` ended, perhaps much later."""
        attempt = self.attempts[number]
        proof = end in LIVE or end == "not sent"
        if attempt.end is not None and not (attempt.end == "doubt" and proof):
            return
        attempt.end = end
        last = number == len(self.attempts) - 1
        state, waits = ENDS[end]
        if end in LIVE:
            takes = self.state in UNSENT | {"uncertain", "cancelled", "failed"}
            asking = self.attempts[-1].asks
            takes = takes or ((last or asking) and self.state == "sending")
            takes = takes or (self.state == "published_unverified" and end == "live")
        else:
            doubted = self.state == "uncertain" and end == "not sent"
            doubted = doubted and not self.restored
            takes = last and (self.state == "sending" or doubted)
        if not takes:
            return
        if attempt.asks and end not in LIVE:
            state, waits = (
                "uncertain",
                False,
            )  # whatever became of it, the first may be there
        if self.withdrawn_on_wire and state in UNSENT:
            state, waits = "cancelled", False
        self._end(state)
        self.waits, self.crashes = waits, 0
        if end == "token refused":
            self.account_works = False

    def sweep(self) -> None:
        if self.lease_over and self.state in IN_HAND:
            self._back()
        if self.lease_over and self.state == "sending":
            self._end("uncertain")
            self.crashes = 0
            if self.attempts[-1].end is None:
                self.attempts[-1].end = "doubt"
        if self.state == "scheduled" and self.late:
            self._end("missed")
        if self.state == "scheduled" and self.crashes > POISON:
            self._end("failed")

    def restore(self) -> None:
        """A copy came back: what could have left since is in doubt."""
        self.service_stopped = True
        due = self.state == "scheduled" and not self.waits
        if self.state in IN_HAND | {"needs_reconnect"} or due:
            self._end("uncertain")
            self.crashes, self.restored = 0, True

    def stop(self) -> bool:
        """Pressed while it is on the wire: gone again, should it arrive."""
        if self.state != "sending":
            return False
        self.stop_requested = self.withdrawn_on_wire = True
        return True

    def take_off(self) -> bool:
        if self.state not in {"published", "published_unverified"}:
            return False
        self._end("removed")
        return True

    def undo(self) -> bool:
        return self._cancel_unsent()

    def withdraw_consent(self) -> None:
        if not self.consent_on:
            return
        self.consent_on = self.consent_holds = False
        self.withdrawn_on_wire |= self.state == "sending"
        self._cascade()

    def withdraw_item(self) -> None:
        self.item_holds = False
        self._cascade()

    def answer(self, *, there: bool) -> bool:
        if self.state != "uncertain":
            return False
        copy_doubted = self.restored
        self._end("published_unverified" if there else "cancelled")
        self.said_there, self.copy_doubted, self.frozen = there, copy_doubted, False
        return True

    def take_back(self) -> bool:
        """The answer was a mistake: in doubt as before."""
        confirmed = any(attempt.end in LIVE for attempt in self.attempts)
        said = self.state == "published_unverified" and self.said_there
        if confirmed or not said:
            return False
        self._end("uncertain")
        self.restored = self.copy_doubted
        return True

    def send_again(self) -> bool:
        possible = self.consent_on and self.item_holds and self.account_works
        if self.state not in {"missed", "uncertain"} or not possible:
            return False
        self._end("scheduled")
        self.crashes, self.late, self.waits = 0, False, True  # a new hold
        self.consent_holds, self.stop_requested = True, False
        self.withdrawn_on_wire = False
        return True

    def reconnect(self) -> None:
        self.account_works = True
        if self.late and self.state in {"scheduled", "needs_reconnect"}:
            self._end("missed")
        elif self.state == "needs_reconnect":
            self._end("scheduled")
        self.waits |= self.state == "scheduled"  # a new hold

    def _cascade(self) -> None:
        if not self._cancel_unsent() and self.state == "sending":
            self.stop_requested = True

    def _cancel_unsent(self) -> bool:
        if self.state not in UNSENT:
            return False
        self._end("cancelled")
        return True

    def _end(self, state: str) -> None:
        self.state, self.holder, self.lease_over = state, None, False
        self.restored = self.said_there = False

    def _back(self) -> None:
        self._end("scheduled")
        self.waits = False
