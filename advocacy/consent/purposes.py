"""The purposes and the exact words people are shown for them, in both languages.

The words are data, not translations: their hash is stored with every answer. Whoever
changes what a text says raises its `version`; answers to an older version then run out
by themselves (operations.expire_old), and a test notices a change without a new
version.
"""

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from advocacy.consent.models import Purpose
from advocacy.outside import LINKEDIN, LINKEDIN_FIGURES
from integrations.linkedin.scopes import SCOPES
from integrations.network import Capability

LANGUAGES = ("en", "nl")


@dataclass(frozen=True)
class Words:
    """What stands on the screen."""

    title: str
    do: str
    kept: str
    without: str


# What the three lines begin with.
LABELS: Mapping[str, tuple[str, str, str]] = {
    "en": ("What we do", "What is kept", "Without it"),
    "nl": ("Wat we doen", "Wat we bewaren", "Zonder"),
}


@dataclass(frozen=True)
class Offer:
    """One purpose as it is offered now."""

    purpose: Purpose
    version: int
    en: Words
    nl: Words
    # For the receipt: which data, who gets it, what the network is asked for.
    data: tuple[str, ...]
    recipients: tuple[str, ...] = ()
    scopes: tuple[str, ...] = ()
    network: str = ""  # where an account is connected for it, if one is

    @property
    def code(self) -> str:
        """As it stands in addresses: "p1"."""
        return self.purpose.value.lower()

    def words(self, language: str) -> Words:
        """The words in one language."""
        return self.nl if language == "nl" else self.en

    def text(self, language: str) -> str:
        """Exactly what is read, as one text: this is what gets hashed and kept."""
        words = self.words(language)
        lines = zip(
            LABELS[language], (words.do, words.kept, words.without), strict=True
        )
        return "\n".join([words.title, *(f"{label}: {line}" for label, line in lines)])

    def sha256(self, language: str) -> str:
        """The hash of the text."""
        return hashlib.sha256(self.text(language).encode()).hexdigest()

    def details(self) -> dict[str, list[str]]:
        """What the receipt says beside the text."""
        return {
            "data": list(self.data),
            "recipients": list(self.recipients),
            "scopes": list(self.scopes),
        }


POST_FOR_ME = Offer(
    Purpose.POST_FOR_ME,
    version=2,
    en=Words(
        "Post for me",
        "We send a post to LinkedIn after you have confirmed that one post."
        " For that you connect your LinkedIn account.",
        "A key from LinkedIn, locked away, for 60 days, with your name and number"
        " there. Where LinkedIn lets us, we renew it when you use this, for a year at"
        " most.",
        "You copy your text and post it yourself. Nothing else changes.",
    ),
    nl=Words(
        "Plaats voor mij",
        "We sturen een bericht naar LinkedIn nadat je dat ene bericht hebt bevestigd."
        " Daarvoor verbind je je LinkedIn-account.",
        "Een sleutel van LinkedIn, achter slot, 60 dagen lang, met je naam en nummer"
        " daar. Waar LinkedIn dat toelaat vernieuwen we hem wanneer je dit gebruikt,"
        " hooguit een jaar lang.",
        "Je kopieert je tekst en plaatst hem zelf. Verder verandert er niets.",
    ),
    data=("LinkedIn member id", "LinkedIn name", "access token", "refresh token"),
    recipients=("LinkedIn",),
    scopes=SCOPES[Capability.POST],
    network=LINKEDIN,
)
COUNT_MY_CLICKS = Offer(
    Purpose.COUNT_MY_CLICKS,
    version=1,
    en=Words(
        "Count visits to my links, for me",
        "Your links get a code of their own, and we count how often each is opened.",
        "A number per link and day. Nothing about the visitor.",
        "Your posts carry the same link as everyone else’s, and you see no visits.",
    ),
    nl=Words(
        "Tel bezoeken aan mijn links, voor mij",
        "Je links krijgen een eigen code, en we tellen hoe vaak elke wordt geopend.",
        "Een getal per link en dag. Niets over de bezoeker.",
        "Je berichten krijgen dezelfde link als die van anderen,"
        " en je ziet geen bezoeken.",
    ),
    data=("visits per link and day",),
)
COUNT_ME_IN = Offer(
    Purpose.COUNT_ME_IN,
    version=2,
    en=Words(
        "Count me in the anonymous figures",
        "Your shares are added to totals of the whole organisation, of parts of it with"
        " at least 100 colleagues, and of single stories, with chance mixed in, from the"
        " first period that begins after you turn this on. Visits to your links too, if"
        " you let us count those, in parts of at least 250.",
        "The total. Never who was in it.",
        "You count as zero, like someone who does not take part.",
    ),
    nl=Words(
        "Tel mij mee in de anonieme cijfers",
        "Je berichten tellen mee in totalen van de hele organisatie, van delen ervan met"
        " minstens 100 collega’s, en van losse verhalen, met toeval erdoor, vanaf de"
        " eerste periode die begint nadat je dit aanzet. Bezoeken aan je links ook, als"
        " je ons die laat tellen, in delen met minstens 250 collega’s.",
        "Het totaal. Nooit wie erin zat.",
        "Je telt als nul, net als iemand die niet meedoet.",
    ),
    data=("whether you shared", "visits to your links"),
)
READ_MY_FIGURES = Offer(
    Purpose.READ_MY_FIGURES,
    version=2,
    en=Words(
        "Read LinkedIn’s figures of my posts, for me",
        "While you look at My shares we ask LinkedIn how often the posts we sent for you"
        " were shown and answered, and show it to you there. For that you connect your"
        " LinkedIn account once more.",
        "The figures, for 48 hours at most. A second key from LinkedIn, locked away, for"
        " 60 days, with your name and number there. Where LinkedIn lets us, we renew it"
        " when you use this, for a year at most.",
        "You look on LinkedIn itself.",
    ),
    nl=Words(
        "Lees LinkedIns cijfers van mijn berichten, voor mij",
        "Terwijl je naar Mijn berichten kijkt vragen we LinkedIn hoe vaak de berichten"
        " die we voor je plaatsten zijn vertoond en beantwoord, en tonen je dat daar."
        " Daarvoor verbind je je LinkedIn-account nog een keer.",
        "De cijfers, hooguit 48 uur. Een tweede sleutel van LinkedIn, achter slot,"
        " 60 dagen lang, met je naam en nummer daar. Waar LinkedIn dat toelaat"
        " vernieuwen we hem wanneer je dit gebruikt, hooguit een jaar lang.",
        "Je kijkt op LinkedIn zelf.",
    ),
    data=(
        "times your posts were shown",
        "people they reached",
        "reactions, comments and reshares",
        "LinkedIn member id",
        "LinkedIn name",
        "access token",
        "refresh token",
    ),
    recipients=("LinkedIn",),
    scopes=SCOPES[Capability.FIGURES],
    network=LINKEDIN_FIGURES,
)
DIGEST = Offer(
    Purpose.DIGEST,
    version=1,
    en=Words(
        "Send me a digest by e-mail",
        "We send new stories to the address you sign in with, once there is a digest."
        " Today no mail goes out.",
        "This answer. We do not look whether you open a mail.",
        "No mail at all.",
    ),
    nl=Words(
        "Stuur mij een overzicht per e-mail",
        "We sturen nieuwe verhalen naar het adres waarmee je inlogt, zodra er een"
        " overzicht is. Vandaag gaat er geen mail uit.",
        "Dit antwoord. We kijken niet of je een mail opent.",
        "Helemaal geen mail.",
    ),
    data=("e-mail address",),
)
APPEAR_AS_AUTHOR = Offer(
    Purpose.APPEAR_AS_AUTHOR,
    version=1,
    en=Words(
        "Show me as the author of my stories",
        "Your name stands under stories you proposed, once stories can be proposed"
        " here. Today it stands nowhere.",
        "Today this answer and nothing else. Later your name with that story,"
        " until you turn this off.",
        "The story appears without a name.",
    ),
    nl=Words(
        "Toon mij als auteur van mijn verhalen",
        "Je naam staat onder verhalen die je hebt voorgesteld, zodra je hier verhalen"
        " kunt voorstellen. Vandaag staat hij nergens.",
        "Vandaag dit antwoord en verder niets. Later je naam bij dat verhaal,"
        " tot je dit uitzet.",
        "Het verhaal verschijnt zonder naam.",
    ),
    data=("name",),
)

# In the order of the page.
OFFERS = (
    POST_FOR_ME,
    COUNT_MY_CLICKS,
    COUNT_ME_IN,
    READ_MY_FIGURES,
    DIGEST,
    APPEAR_AS_AUTHOR,
)
BY_PURPOSE: Mapping[Purpose, Offer] = {offer.purpose: offer for offer in OFFERS}
BY_CODE: Mapping[str, Offer] = {offer.code: offer for offer in OFFERS}
# What a connected account is asked for; counting visits needs none.
CAPABILITIES: Mapping[Purpose, Capability] = {
    Purpose.POST_FOR_ME: Capability.POST,
    Purpose.READ_MY_FIGURES: Capability.FIGURES,
}


def capabilities_of(purposes: Iterable[Purpose]) -> frozenset[Capability]:
    """What these purposes need of an account on a network."""
    return frozenset(CAPABILITIES[one] for one in purposes if one in CAPABILITIES)
