"""What workers do in a story: they claim, prepare, arm, hear, lose and come back."""

from datetime import timedelta

from sqlalchemy import func, update

from advocacy.shares.arming import arm, freeze_body, release
from advocacy.shares.claiming import claim_share
from advocacy.shares.models import PublishAttempt
from advocacy.shares.outcomes import Outcome, doubt, not_sent, outcome_of, posted
from advocacy.shares.probing import _claim
from advocacy.shares.settling import settle_attempt
from advocacy.shares.sweeper import sweep
from integrations.database import transaction
from integrations.errors import AccessExpired, NotDone, Refused
from tests.advocacy.shares.oracle import ENDS

BODY = b"exactly this"
HOURS = 7200  # seconds: no story lasts so long


def outcome_for(end: str, urn: str) -> Outcome:
    """As the answers of the network become outcomes."""
    errors = {
        "busy": NotDone("busy", wait=HOURS, code="429"),
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


class Workers:
    """Needs share, oracle, claims, armed, told, station, asking_station and network."""

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

    def ask_about_the_doubt(self, which):
        """Half a minute later; whether anything leaves, arming decides."""
        self._age_attempts()
        with transaction() as session:
            found = _claim(session, self.share, self.asking_station)
        assert (found is not None) == self.oracle.ask(len(self.claims))
        if found is not None:
            assert found[1] == BODY
            self.claims.append(found[0])
            if which % 4:  # mostly at once
                self.arm(len(self.claims) - 1)

    def give_back(self, which):
        innocent = bool(which % 2)
        place, claim = self._one_of(self.claims, which)
        with transaction() as session:
            release(session, claim, innocent=innocent)
        self.oracle.release(place, innocent=innocent)

    def settle(self, which):
        ends = [*sorted(ENDS), "doubt", "doubt"]  # from which most can come
        end = ends[which // 7 % len(ends)]
        open_ones = [n for n in range(len(self.armed)) if n not in self.told]
        number = open_ones[which % len(open_ones)]
        post = self.oracle.attempts[number].post
        outcome = outcome_for(end, f"urn:li:share:{self.share}{post:03d}")
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

    def _age_attempts(self):
        """The first sending is in doubt for a minute."""
        with transaction() as session:
            mine = update(PublishAttempt).where(PublishAttempt.share_id == self.share)
            earlier = func.clock_timestamp() - timedelta(minutes=1)
            session.execute(mine.values(armed_at=earlier))

    @staticmethod
    def _one_of(rows, which):
        place = which % len(rows)
        return place, rows[place]
