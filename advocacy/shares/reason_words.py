"""Why a share stands where it stands, in a sentence each, with its network's name."""

from flask_babel import LazyString
from flask_babel import lazy_gettext as _

from advocacy.outside import network_name
from advocacy.shares.models import Share
from advocacy.shares.reasons import Reason
from advocacy.shares.refused_media_words import media_refused

R = Reason
WAITING: dict[Reason, LazyString] = {
    R.UNREACHABLE: _("%(network)s could not be reached. Nothing was sent yet."),
    R.BUSY: _("%(network)s asked us to wait. Nothing was posted yet."),
    R.RATE_LIMIT: _(
        "%(network)s takes no more posts from us today. Nothing was posted yet; it goes"
        " on after midnight UTC."
    ),
    R.NEW_ACCESS: _("%(network)s does not know your new connection yet."),
    R.VERSION: _(
        "%(network)s changed its interface. An administrator has to look first; nothing"
        " was posted yet."
    ),
}
# Beside what `refused_media_words` says.
NOT_POSTED: dict[Reason, LazyString] = {
    R.NO_ACCOUNT: _(
        "Your %(network)s account is no longer connected. Your text is kept."
    ),
    R.ACCESS_ENDING: _(
        "The connection with %(network)s ends before this could leave. Your text is kept."
    ),
    R.ACCESS_REFUSED: _(
        "%(network)s no longer accepts the connection. Your text is kept."
    ),
    R.OTHER_MEMBER: _(
        "You confirmed this for another %(network)s account than the one that is"
        " connected now, so it does not leave by itself. Look at it and confirm it for"
        " this account, or connect the other one again. Your text is kept."
    ),
    R.LATE: _(
        "We could not send it in time, so we did not send it without asking you. Your"
        " text is kept."
    ),
    R.DAY_TAKEN: _(
        "We could not send it on its day, and on the next day you have another post about"
        " this story. So we did not send it without asking you. Your text is kept."
    ),
    R.REFUSED: _("%(network)s did not accept this post. Your text is kept."),
    R.DUPLICATE: _(
        "%(network)s says you posted the same words just before. Change a few, and it can"
        " go."
    ),
    R.TOO_LONG: _("%(network)s found the text too long. Shorten it, and it can go."),
    R.MEDIA_GONE: _(
        "The picture, video or document is no longer here. Your text is kept."
    ),
    R.POISON: _("Something broke on our side, more than once. Your text is kept."),
}
STOPPED: dict[Reason, LazyString] = {
    R.UNDONE: _("Nothing was sent."),
    R.NOT_THERE: _("You told us it is not on %(network)s. We did not send it again."),
    R.CONSENT: _("You turned “Post for me” off, so this was not posted."),
    R.LEFT: _("This was stopped when you left the organisation."),
    R.ITEM_WITHDRAWN: _("The story was withdrawn, so this was not posted."),
    R.ITEM_EXPIRED: _("The story left the library, so this was not posted."),
    R.ITEM_CHANGED: _(
        "The editors changed the story, so this was not posted. Look at it once more."
    ),
    R.MENTION_CHANGED: _(
        "The editors changed the list of organisations to mention, and your text names"
        " one of them, so this was not posted. Look at it once more."
    ),
    R.UNCONFIRMED: _(
        "What would have left was not what you confirmed, so this was not posted."
    ),
}
IN_DOUBT: dict[Reason, LazyString] = {
    R.NO_ANSWER: _("%(network)s gave no clear answer when we sent it."),
    R.WORKER_LOST: _("Our own service stopped while it was sending."),
    R.STOPPED_TOO_LATE: _("It was already on its way when it had to stop."),
    R.CONSENT_TOO_LATE: _(
        "It was already on its way when you turned “Post for me” off."
    ),
    R.RESTORED: _(
        "Our records were put back from a copy, so we do not know what was sent since."
    ),
}
LIVE: dict[Reason, LazyString] = {
    R.NO_ID: _("%(network)s took it, and did not say where it stands."),
    R.SAID_SO: _("You saw it there."),
    R.STOPPED_TOO_LATE: _(
        "It was already on its way when you stopped it. You can delete it."
    ),
    R.CONSENT_TOO_LATE: _(
        "It was already on its way when you turned “Post for me” off. You can delete"
        " it on %(network)s."
    ),
}
BEING_DELETED: dict[Reason, LazyString] = {
    R.STOPPED_TOO_LATE: _(
        "It was already on its way when you stopped it. We are deleting it."
    ),
    R.CONSENT_TOO_LATE: _(
        "It was already on its way when you turned “Post for me” off. We are deleting"
        " it."
    ),
}
REMOVED: dict[Reason, LazyString] = {
    R.STOPPED_TOO_LATE: _("It arrived after you had stopped it, so we deleted it."),
    R.CONSENT_TOO_LATE: _(
        "It arrived after you had turned “Post for me” off, so we deleted it."
    ),
}


def sentence(words: dict[Reason, LazyString], share: Share) -> str:
    """The sentence for its stored code; empty when there is nothing to say."""
    if share.reason not in set(Reason):
        return ""
    if words is NOT_POSTED and share.reason == Reason.MEDIA_REFUSED:
        said = str(media_refused(share))
    else:
        said = str(words.get(Reason(share.reason), ""))
    return said % {"network": network_name(share.network)}
