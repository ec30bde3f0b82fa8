"""How many posts a withdrawal stops, counted where nothing can be planned meanwhile."""

from datetime import datetime

from flask_babel import gettext as _
from flask_babel import ngettext
from sqlalchemy.orm import Session

from advocacy.consent.models import Purpose
from advocacy.web.runtime import runtime


class Counted:
    """A step before all others of a cascade: it changes nothing, and remembers a number."""

    posts = 0

    def __call__(
        self, session: Session, person_id: int, purpose: Purpose, _at: datetime
    ) -> None:
        """Count; the withdrawal holds the answer, and every press waits for that."""
        if purpose is Purpose.POST_FOR_ME:
            self.posts = runtime().posts_planned(session, person_id)

    def words(self) -> str:
        """What became of them, in a sentence."""
        if not self.posts:
            return _("No post was waiting to leave.")
        return ngettext(
            "%(num)s post that had not left is cancelled.",
            "%(num)s posts that had not left are cancelled.",
            self.posts,
        )
