"""Mastodon as a `Network`: the whole of what the rest of the house sees."""

from collections.abc import Sequence
from datetime import date
from urllib.parse import quote

from integrations.breaker import Breaker
from integrations.errors import Refused
from integrations.mastodon.calls import Calls
from integrations.mastodon.frozen import check, frozen_body
from integrations.mastodon.line import MastodonLine
from integrations.mastodon.media import MOST_PICTURES
from integrations.mastodon.settings import MastodonSettings
from integrations.mastodon.status_text import LIMIT, length
from integrations.network import Access, DayLimits, Mention, OpenLine, PostDraft

# Servers differ in how long an address may be; the text is on the clipboard anyway.
LONGEST_ADDRESS = 7000


class Mastodon:
    """Posting to one Mastodon server, for one person at a time."""

    def __init__(
        self, settings: MastodonSettings, breaker: Breaker | None = None
    ) -> None:
        """Nothing is sent yet; `breaker` is shared with others who call Mastodon."""
        self._settings = settings
        self._breaker = breaker or Breaker()

    @property
    def day_limits(self) -> DayLimits:
        """None a day: Mastodon counts in minutes and hours, and says when it is enough."""
        return DayLimits()

    @property
    def repeat_is_safe(self) -> bool:
        """Yes, for an hour: the key that Mastodon asks for is frozen with the body."""
        return True

    @property
    def longest_text(self) -> int:
        """Mastodon's own limit; servers that were changed may take more."""
        return LIMIT

    @property
    def link_in_text(self) -> bool:
        """Yes: it fetches the page itself."""
        return True

    @property
    def most_pictures(self) -> int:
        """As many as Mastodon shows in one status."""
        return MOST_PICTURES

    def calls_for(self, draft: PostDraft) -> int:
        """An upload and a look for each picture or film, and the status."""
        return 1 + 2 * (len(draft.pictures) + (draft.video is not None))

    def served_until(self) -> date | None:
        """Mastodon's versions of the interface do not end."""
        return None

    def length(self, text: str, mentions: Sequence[Mention] = ()) -> int:
        """As Mastodon counts: every address is as long as any other."""
        return length(text, mentions)

    def prepare(self, access: Access, draft: PostDraft) -> bytes:
        """Upload the media and freeze the request body with its key; may be repeated."""
        check(draft)
        with Calls(self._settings, access.token, self._breaker) as calls:
            return frozen_body(calls, draft)

    def open_line(self, access: Access) -> OpenLine:
        """Connect, so that the intent is recorded only when sending is possible."""
        return MastodonLine(self._settings, access, self._breaker)

    def delete(self, access: Access, post_id: str) -> None:
        """Take the status off; a status that is not there is what was asked for."""
        with Calls(self._settings, access.token, self._breaker) as calls:
            try:
                calls.api("DELETE", f"/api/v1/statuses/{quote(post_id, safe='')}")
            except Refused as error:
                if error.code != "404":
                    raise

    def post_address(self, post_id: str) -> str:
        """Where people can see the status; Mastodon leads on to its author's page."""
        return f"{self._settings.base}/web/statuses/{quote(post_id, safe='')}"

    def activity_address(self) -> str:
        """The person's own timeline: there is no address for "my own page"."""
        return f"{self._settings.base}/home"

    def composer_address(self, text: str) -> str:
        """Mastodon's own composer, filled in where the text fits."""
        filled = f"{self._settings.base}/share?text={quote(text, safe='')}"
        return (
            filled if len(filled) <= LONGEST_ADDRESS else f"{self._settings.base}/share"
        )
