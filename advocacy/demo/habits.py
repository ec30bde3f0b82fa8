"""How the sample people share: who takes part, how often, in which words.

Chance is fixed here, so the story is the same on every machine. The noise of the released
figures is not: that comes from the same source as in production.
"""

import random
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from advocacy.people.models import Person

AMSTERDAM = ZoneInfo("Europe/Amsterdam")
# How many begin in each month: before the first, in the first, and so on; then the last.
BEGINNERS = (44, 22, 16, 12, 10, 10, 9, 8, 8, 7, 7, 6, 6, 6, 5)
# Of these so many do not want to be counted, and so many do not want visits counted.
NOT_COUNTED_IN = 0.08
NO_VISITS = 0.12
# Whoever is asked again after a year says yes so often.
GOES_ON = 0.85
# Chance to share in a month, how many times then at most, and how many people are like it.
KINDS = ((0.95, 2, 20), (0.7, 1, 55), (0.25, 1, 25))
OPENINGS = {
    "en": (
        "This is what my working days are about.",
        "Somebody asked me about this at the school gate.",
        "This is what I try to explain at birthdays.",
        "Small thing, large difference.",
        "Proud of the colleagues who did this.",
        "I learned something here, after nine years in the trade.",
        "Not glamorous. Necessary.",
        "Read this on the train, and kept thinking about it.",
        "Worth two minutes.",
    ),
    "nl": (
        "Dit is waar ik elke dag mee bezig ben.",
        "Dit vroeg iemand me gisteren bij de bakker.",
        "Zo leg ik het uit op verjaardagen.",
        "Klein ding, groot verschil.",
        "Mooi werk van mijn collega's.",
        "Na negen jaar in het vak leerde ik hier nog iets van.",
        "Niet spannend, wel nodig.",
        "Gelezen in de trein, en er nog even over doorgedacht.",
        "Twee minuten, en je ziet het anders.",
    ),
}


@dataclass
class Sharer:
    """Somebody who takes part."""

    person: Person
    chance: float  # to share in a month
    most: int  # shares in a month
    language: str
    wants_visits: bool
    counted_in: bool
    said_yes_at: datetime | None = None


def sharers(people: list[Person], chance: random.Random) -> list[list[Sharer]]:
    """Who begins in each month; only people who were here from the start."""
    begin = min(person.joined_on for person in people) + timedelta(days=9000)
    here = [person for person in people if person.joined_on <= begin]
    chosen = iter(chance.sample(here, sum(BEGINNERS)))
    return [[_sharer(next(chosen), chance) for _ in range(n)] for n in BEGINNERS]


def _sharer(person: Person, chance: random.Random) -> Sharer:
    weights = [weight for _, _, weight in KINDS]
    often, most, _ = chance.choices(KINDS, weights)[0]
    return Sharer(
        person=person,
        chance=often,
        most=most,
        language="nl" if chance.random() < 0.7 else "en",
        wants_visits=chance.random() >= NO_VISITS,
        counted_in=chance.random() >= NOT_COUNTED_IN,
    )


def moment_in(
    first: date, end: date, chance: random.Random, *, before: datetime
) -> datetime | None:
    """Some moment of a working day or evening; None if it would lie after `before`."""
    day = first + timedelta(days=chance.randrange((end - first).days))
    at = time(
        chance.choice((7, 8, 9, 12, 12, 13, 16, 17, 19, 20)), chance.randrange(60)
    )
    moment = datetime.combine(day, at, AMSTERDAM)
    return moment if moment < before else None


def own_words(wording: str, language: str, chance: random.Random) -> str:
    """A sentence of one's own, then a piece of the suggestion."""
    pieces = wording.split("\n\n")
    return f"{chance.choice(OPENINGS[language])}\n\n{chance.choice(pieces)}"


def visits_of_a_post(chance: random.Random) -> list[int]:
    """How often a post's link is opened on its first, second and further days."""
    whole = min(60, round(chance.lognormvariate(2.35, 0.8)))
    days = [0] * 10
    for _ in range(whole):
        days[min(9, int(chance.expovariate(0.8)))] += 1
    return days
