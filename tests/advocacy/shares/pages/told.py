"""What the owner of a share reads after each kind of answer of the network."""

from typing import NamedTuple

from advocacy.shares.models import ShareState

S = ShareState


class Told(NamedTuple):
    """What becomes of a share, and what its owner reads in both languages.

    `moment` is the column of the time that stands there: of the share, or "armed_at" of
    its attempt.
    """

    state: ShareState
    moment: str
    en: tuple[str, ...]
    nl: tuple[str, ...]


LIVE = Told(
    S.PUBLISHED,
    "posted_at",
    ("Posted on", "Open on LinkedIn"),
    ("Geplaatst op", "Open op LinkedIn"),
)
UNNAMED = Told(
    S.PUBLISHED_UNVERIFIED,
    "posted_at",
    (
        "Posted on",
        "LinkedIn took it, and did not say where it stands.",
        "Look on LinkedIn",
        "Add the post’s address",
    ),
    (
        "Geplaatst op",
        "LinkedIn nam het aan, maar zei niet waar het staat.",
        "Kijk op LinkedIn",
        "Voeg het adres toe",
    ),
)
DOUBT = Told(
    S.UNCERTAIN,
    "armed_at",
    (
        "Tried on",
        "We could not see whether LinkedIn took it",
        "LinkedIn gave no clear answer when we sent it.",
        "We will not send it again by ourselves.",
        "Look on LinkedIn",
        "It is there",
        "It is not there",
    ),
    (
        "Geprobeerd op",
        "We konden niet zien of LinkedIn het heeft aangenomen",
        "LinkedIn gaf geen duidelijk antwoord toen we het stuurden.",
        "We sturen het niet vanzelf opnieuw.",
        "Kijk op LinkedIn",
        "Het staat er",
        "Het staat er niet",
    ),
)
REFUSED = Told(
    S.FAILED,
    "due_at",
    (
        "Not posted",
        "Was to leave on",
        "LinkedIn did not accept this post. Your text is kept.",
        "Write again",
    ),
    (
        "Niet geplaatst",
        "Zou vertrekken op",
        "LinkedIn nam dit bericht niet aan. Je tekst is bewaard.",
        "Schrijf opnieuw",
    ),
)
TOO_LONG = Told(
    S.FAILED,
    "due_at",
    (
        "Not posted",
        "Was to leave on",
        "LinkedIn found the text too long. Shorten it, and it can go.",
        "Write again",
    ),
    (
        "Niet geplaatst",
        "Zou vertrekken op",
        "LinkedIn vond de tekst te lang. Maak hem korter, dan kan het weg.",
        "Schrijf opnieuw",
    ),
)
MEDIA_REFUSED = Told(
    S.FAILED,
    "due_at",
    (
        "Not posted",
        "Was to leave on",
        "LinkedIn did not take the picture that goes along.",
        "Write again",
    ),
    (
        "Niet geplaatst",
        "Zou vertrekken op",
        "LinkedIn nam de foto erbij niet aan.",
        "Schrijf opnieuw",
    ),
)
DUPLICATE = Told(
    S.FAILED,
    "due_at",
    (
        "Not posted",
        "Was to leave on",
        "LinkedIn says you posted the same words just before.",
        "Write again",
        "Open on LinkedIn",
    ),
    (
        "Niet geplaatst",
        "Zou vertrekken op",
        "LinkedIn zegt dat je dezelfde woorden net al hebt geplaatst.",
        "Schrijf opnieuw",
        "Open op LinkedIn",
    ),
)
RECONNECT = Told(
    S.NEEDS_RECONNECT,
    "due_at",
    (
        "Waits for you to connect again",
        "Was to leave on",
        "LinkedIn no longer accepts the connection.",
        "Connect again",
    ),
    (
        "Wacht tot je opnieuw verbindt",
        "Zou vertrekken op",
        "LinkedIn accepteert de verbinding niet meer.",
        "Verbind opnieuw",
    ),
)
BUSY = Told(
    S.SCHEDULED,
    "next_at",
    ("We try again", "LinkedIn asked us to wait. Nothing was posted yet.", "Cancel"),
    (
        "We proberen het opnieuw",
        "LinkedIn vroeg ons te wachten. Er is nog niets geplaatst.",
        "Annuleer",
    ),
)
TOMORROW = Told(
    S.SCHEDULED,
    "next_at",
    (
        "We try again",
        "LinkedIn takes no more posts from us today.",
        "it goes on after midnight UTC.",
        "Cancel",
    ),
    (
        "We proberen het opnieuw",
        "LinkedIn neemt vandaag geen berichten meer van ons aan.",
        "na middernacht UTC gaat het verder.",
        "Annuleer",
    ),
)
VERSION = Told(
    S.SCHEDULED,
    "due_at",
    (
        "Waits until posting goes on",
        "Was to leave on",
        "An administrator has to look first; nothing was posted yet.",
        "Cancel",
    ),
    (
        "Wacht tot het plaatsen is hervat",
        "Zou vertrekken op",
        "Een beheerder moet eerst kijken; er is nog niets geplaatst.",
        "Annuleer",
    ),
)
NEW = Told(
    S.SCHEDULED,
    "next_at",
    ("We try again", "LinkedIn does not know your new connection yet.", "Cancel"),
    (
        "We proberen het opnieuw",
        "LinkedIn kent je nieuwe verbinding nog niet.",
        "Annuleer",
    ),
)
AWAY = Told(
    S.SCHEDULED,
    "next_at",
    (
        "We try again",
        "LinkedIn could not be reached. Nothing was sent yet.",
        "Cancel",
    ),
    (
        "We proberen het opnieuw",
        "LinkedIn was niet bereikbaar. Er is nog niets verstuurd.",
        "Annuleer",
    ),
)
