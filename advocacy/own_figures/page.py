"""The page of one's own figures, put together for its template."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date

from advocacy.links.models import Outcome
from advocacy.own_figures.own_visits import OwnVisits
from advocacy.own_figures.picture import Picture, picture
from advocacy.own_figures.queries import Post
from advocacy.own_figures.words import LEFT_OUT
from advocacy.shares.figure_words import count_in_words, visits_in_words


@dataclass(frozen=True)
class OwnPost:
    """One post on the page. Without `visits` they are not counted."""

    post: Post
    visits: str = ""
    left_out: Sequence[tuple[str, str]] = ()  # names with counts, none left out
    is_folded: bool = False  # its days are no longer kept apart
    picture: Picture | None = None  # of one that was visited and is not folded


def own_posts_shown(
    posts: Sequence[Post], visits: OwnVisits, today: date, *, exact: bool
) -> list[OwnPost]:
    """Each post with what was counted of its link; `today` is a UTC day."""
    return [_shown(post, visits, today, exact=exact) for post in posts]


def _shown(post: Post, visits: OwnVisits, today: date, *, exact: bool) -> OwnPost:
    totals = visits.totals.get(post.link_code or "")
    if totals is None:
        return OwnPost(post)
    days = visits.days.get(post.link_code or "", {})
    posted = post.posted_at.astimezone(UTC).date()
    drawn = picture(days, posted, today, exact=exact)
    return OwnPost(
        post,
        visits=visits_in_words(totals.get(Outcome.COUNTED, 0), exact),
        left_out=_left_out(totals, exact=exact),
        is_folded=drawn is None,
        picture=drawn if drawn and drawn.bars else None,
    )


def _left_out(totals: Mapping[Outcome, int], *, exact: bool) -> list[tuple[str, str]]:
    return [
        (str(words.name), count_in_words(totals[outcome], exact=exact))
        for outcome, words in LEFT_OUT.items()
        if totals.get(outcome)
    ]
