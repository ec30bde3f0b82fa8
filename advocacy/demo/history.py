"""Fourteen months in which people answered, shared and were read, told by the real code.

Every row comes from the operations the pages use, with the clock set to the day it
happened; the figures are released as they would have been.
"""

import random
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from uuid import uuid4

from sqlalchemy.orm import Session

from advocacy.accounts.operations import forget_accounts
from advocacy.consent.models import Purpose
from advocacy.consent.operations import expire_old, give
from advocacy.demo.habits import (
    AMSTERDAM,
    GOES_ON,
    Sharer,
    moment_in,
    own_words,
    visits_of_a_post,
)
from advocacy.links.batches import Visit, text_of
from advocacy.links.models import Outcome
from advocacy.links.rollup import add_batch, count_batches, next_generation
from advocacy.reach.batches import due_batches
from advocacy.reach.opening import open_due
from advocacy.reach.release import release_batch
from advocacy.reach.tables import RELEASE_HOUR, Rhythm
from advocacy.reach.windows import item_window, window_of
from advocacy.shares.operations import copy_share, tell_posted
from advocacy.shares.wishes import ShareWish
from advocacy.withdrawal import withdrawal_steps
from content.items import Item
from content.wordings import Wording
from integrations.clock import clock_at

MONTHS = 14
METHOD = "pressed Turn on on What I allow"
# Nobody here lent a token, so that there is none to revoke.
CASCADE = withdrawal_steps(forget_accounts)
# On this day of the month old answers run out, and who wants to goes on.
EXPIRY_DAY = 28


@dataclass(frozen=True)
class OnShelf:
    """An item to share, with its suggestions."""

    item: Item
    wordings: Sequence[Wording]


@dataclass
class History:
    """Replays what happened up to `until`."""

    session: Session
    shelf: Sequence[OnShelf]
    until: datetime
    chance: random.Random
    active: list[Sharer] = field(default_factory=list)
    _told: set[tuple[int, int]] = field(default_factory=set)
    _visits: Counter[Visit] = field(default_factory=Counter)

    def replay(self, beginners: Sequence[Sequence[Sharer]]) -> None:
        """Tell it from the beginning, month by month."""
        months = months_before(self.until.date())
        self._begin(beginners[0], months[0] - timedelta(days=6), months[0])
        for number, month in enumerate(months):
            end = window_of(Rhythm.MONTH, month).end
            self._figures([month])
            if number + 1 < len(beginners):
                safe = month + timedelta(days=EXPIRY_DAY - 1)
                self._begin(beginners[number + 1], month, safe)
            for sharer in self.active:
                self._share_in(sharer, month, end)
            self.settle()
            self._figures(self._item_days(month))
            self._ask_again(month.replace(day=EXPIRY_DAY))

    def settle(self) -> None:
        """Store and count the visits to what was shared."""
        add_batch(self.session, uuid4(), text_of(self._visits))
        count_batches(self.session, next_generation(self.session))
        self._visits.clear()

    def _figures(self, days: Iterable[date]) -> None:
        """What the clock's job does in the morning of some days, in their order."""
        for day in sorted(days):
            morning = datetime.combine(day, time(RELEASE_HOUR, 5), UTC)
            if morning <= self.until:
                with clock_at(morning):
                    for batch in due_batches(self.session, morning):
                        release_batch(self.session, batch)
                    open_due(self.session, day)

    def _item_days(self, month: date) -> set[date]:
        """On which days of a month an item is new, or its figures come out."""
        window = window_of(Rhythm.MONTH, month)
        offered = [one.item.offered_at for one in self.shelf if one.item.offered_at]
        windows = [item_window(moment.astimezone(UTC).date()) for moment in offered]
        days = {day for one in windows for day in (one.start, one.end)}
        return {day for day in days if window.start < day < window.end}

    def _begin(self, sharers: Sequence[Sharer], first: date, end: date) -> None:
        answers = [
            (moment, sharer)
            for sharer in sharers
            if (moment := moment_in(first, end, self.chance, before=self.until))
        ]
        for moment, sharer in sorted(answers, key=lambda answer: answer[0]):
            self._say_yes(sharer, moment)
            self.active.append(sharer)

    def _say_yes(self, sharer: Sharer, moment: datetime) -> None:
        wanted = {
            Purpose.COUNT_MY_CLICKS: sharer.wants_visits,
            Purpose.COUNT_ME_IN: sharer.counted_in,
        }
        sharer.said_yes_at = moment
        with clock_at(moment):
            for purpose in (purpose for purpose, wants in wanted.items() if wants):
                person, language = sharer.person, sharer.language
                give(self.session, person, purpose, language, METHOD, moment)

    def _ask_again(self, day: date) -> None:
        """After a year an answer ends by itself; most people give it again."""
        moment = datetime.combine(day, time(20, 0), AMSTERDAM)
        moment = min(moment, self.until - timedelta(minutes=30))
        with clock_at(moment):
            expire_old(self.session, moment, CASCADE)
        for sharer in [one for one in self.active if _a_year_ago(one, moment)]:
            if self.chance.random() < GOES_ON:
                self._say_yes(sharer, moment + timedelta(minutes=20))
            else:
                self.active.remove(sharer)

    def _share_in(self, sharer: Sharer, first: date, end: date) -> None:
        if self.chance.random() >= sharer.chance:
            return
        for _ in range(self.chance.randint(1, sharer.most)):
            moment = moment_in(first, end, self.chance, before=self.until)
            if moment:
                self.share(sharer, moment)

    def share(self, sharer: Sharer, moment: datetime) -> None:
        """Take one item along in own words, and say that it was posted."""
        found = self._choose(sharer, moment)
        if found is None:
            return
        person = sharer.person
        fitting = [w for w in found.wordings if w.language == sharer.language]
        wording = self.chance.choice(fitting or list(found.wordings))
        words = own_words(wording.text, wording.language, self.chance)
        wish = ShareWish(words, time_zone=AMSTERDAM.key)
        posted = moment + timedelta(minutes=2)
        with clock_at(moment):
            share = copy_share(self.session, person, found.item, wish, moment)
        with clock_at(posted):
            tell_posted(self.session, share, None, posted)
        self._told.add((person.id, found.item.id))
        if share.link_code:
            self._note_visits(share.link_code, posted.astimezone(UTC).date())

    def _choose(self, sharer: Sharer, moment: datetime) -> OnShelf | None:
        """Something not told before; newer items are more likely."""
        possible = [
            one
            for one in self.shelf
            if one.item.shareable(moment)
            and (sharer.person.id, one.item.id) not in self._told
        ]
        if not possible:
            return None
        ages = [(moment - _offered(one.item)).days for one in possible]
        weights = [1 / (7 + age) for age in ages]
        return self.chance.choices(possible, weights)[0]

    def _note_visits(self, code: str, day: date) -> None:
        last = self.until.date()
        for later, count in enumerate(visits_of_a_post(self.chance)):
            on = day + timedelta(days=later)
            if count and on <= last:
                self._visits[code, on, Outcome.COUNTED] += count
                self._visits[code, on, Outcome.BOT] += count // 3 + 1


def months_before(today: date) -> list[date]:
    """The first day of each whole month, and of the one under way."""
    months = [today.replace(day=1)]
    while len(months) <= MONTHS:
        months.append((months[-1] - timedelta(days=1)).replace(day=1))
    return months[::-1]


def _offered(item: Item) -> datetime:
    assert item.offered_at is not None
    return item.offered_at


def _a_year_ago(sharer: Sharer, moment: datetime) -> bool:
    day = min(moment.day, 28) if moment.month == 2 else moment.day
    said = sharer.said_yes_at
    return said is not None and said <= moment.replace(year=moment.year - 1, day=day)
