"""LinkedIn as a `Network`: the whole of what the rest of the house sees."""

from collections.abc import Sequence
from datetime import date

from integrations.breaker import Breaker
from integrations.errors import Refused
from integrations.kept_connections import KeptConnections
from integrations.linkedin import addresses, versions
from integrations.linkedin.call_costs import DAY_LIMITS, calls_for
from integrations.linkedin.calls import Calls
from integrations.linkedin.line import LinkedInLine
from integrations.linkedin.little_text import LIMIT, wire_length
from integrations.linkedin.media_limits import MOST_PICTURES
from integrations.linkedin.pending_videos import PendingVideos
from integrations.linkedin.post_body import frozen_body
from integrations.linkedin.post_check import check
from integrations.linkedin.settings import LinkedInSettings
from integrations.network import Access, DayLimits, Mention, OpenLine, PostDraft


class LinkedIn:
    """Posting to LinkedIn for one person at a time."""

    def __init__(
        self, settings: LinkedInSettings, breaker: Breaker | None = None
    ) -> None:
        """Nothing is sent yet; `breaker` is shared with others who call LinkedIn."""
        self._settings = settings
        self._breaker = breaker or Breaker()
        self._kept = KeptConnections()
        self._pending = PendingVideos()

    @property
    def day_limits(self) -> DayLimits:
        """What a self-serve app may ask for, a member and in all."""
        return DAY_LIMITS

    @property
    def repeat_is_safe(self) -> bool:
        """No: LinkedIn has no key for it, and its duplicate rule is no promise."""
        return False

    @property
    def longest_text(self) -> int:
        """LinkedIn's own limit, in its own units."""
        return LIMIT

    @property
    def link_in_text(self) -> bool:
        """No: the card is a part of the post, and comes from us."""
        return False

    @property
    def most_pictures(self) -> int:
        """As many as LinkedIn shows in one post."""
        return MOST_PICTURES

    def calls_for(self, draft: PostDraft) -> int:
        """Uploads, looks at their state, and the post."""
        return calls_for(draft, self._settings.patience.looks)

    def served_until(self) -> date | None:
        """When LinkedIn stops serving the version we speak."""
        return versions.sunset(self._settings.version)

    def length(self, text: str, mentions: Sequence[Mention] = ()) -> int:
        """UTF-16 units of the text with its escapes, as LinkedIn receives it."""
        return wire_length(text, mentions)

    def prepare(self, access: Access, draft: PostDraft) -> bytes:
        """Upload the media and freeze the request body; may be repeated."""
        check(draft)
        with Calls(self._settings, access, self._breaker, self._kept) as calls:
            return frozen_body(calls, draft, self._pending)

    def open_line(self, access: Access) -> OpenLine:
        """Connect, so that the intent is recorded only when sending is possible."""
        return LinkedInLine(self._settings, access, self._breaker)

    def delete(self, access: Access, post_id: str) -> None:
        """Take the post off; LinkedIn answers 204 again for one that is gone."""
        path = f"/rest/posts/{addresses.in_path(post_id)}"
        with Calls(self._settings, access, self._breaker, self._kept) as calls:
            try:
                calls.rest("DELETE", path)
            except Refused as error:
                if not error.code.startswith("404"):
                    raise

    def post_address(self, post_id: str) -> str:
        """Where people can see the post."""
        return addresses.post_address(self._settings.site_base, post_id)

    def activity_address(self) -> str:
        """Where the member sees their own latest posts."""
        return addresses.activity_address(self._settings.site_base)

    def composer_address(self, text: str) -> str:
        """LinkedIn's own composer, filled in where the text fits."""
        return addresses.composer_address(self._settings.site_base, text)
