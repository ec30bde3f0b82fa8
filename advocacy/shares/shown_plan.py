"""What the page that changes a plan shows as a post: a press keeps exactly that, or nothing."""

from dataclasses import dataclass
from hashlib import sha256

from flask_babel import gettext as _
from sqlalchemy.orm import Session

from advocacy.shares.as_seen import last_attempt
from advocacy.shares.carried_media import media_of
from advocacy.shares.confirmation import confirmation_of
from advocacy.shares.forms import ComposerForm
from advocacy.shares.models import Share
from advocacy.shares.problem_words import SENTENCES
from advocacy.shares.reasons import Problem
from advocacy.shares.whose import Profile, another_one, profile_of
from advocacy.shares.wishes import ShareWish, Terms


@dataclass(frozen=True)
class Standing:
    """What else a press on that page rests on, beside the share's own row."""

    profile: Profile
    attempt: int  # the share's last one; 0 is none


def standing_of(session: Session, share: Share) -> Standing:
    """How it is now. Looked up before the page is made: it names what came after."""
    profile = profile_of(session, share.person_id, share.network)
    return Standing(profile, last_attempt(session, share.id))


def shown_post(
    share: Share, form: ComposerForm, terms: Terms, standing: Standing
) -> str:
    """Hashes over text, profile and the rest, beside the fields that one can still see
    change.
    """
    media = media_of(share, share.item, share.item.media, terms.most_pictures)
    wish = ShareWish(form.text, media_id=share.media_id, network=share.network)
    whole = confirmation_of(share.person_id, share.item, media, wish, terms.mentions)
    profile = standing.profile.member_hash
    parts = form.text, profile, f"{whole}.{standing.attempt}"
    return ".".join(sha256(part.encode()).hexdigest() for part in parts)


def unseen(sent: str, shown: str, standing: Standing) -> str:
    """What has to be looked at before it counts as confirmed; empty where nothing has.

    `sent` is what the pressed page showed, `shown` what it would show now.
    """
    if sent == shown:
        return ""
    text, profile, _rest = shown.split(".")
    sent_text, _dot, others = sent.partition(".")
    if others and not others.startswith(f"{profile}."):
        return another_one(standing.profile)
    if sent_text == text:
        return str(SENTENCES[Problem.CONFIRMATION_VOID])
    return _("Your text has changed. Look at the post as it will leave now.")
