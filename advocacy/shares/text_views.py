"""A share's text to take along, and what its owner tells us about the post."""

from collections.abc import Mapping

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from advocacy.outside import LINKEDIN
from advocacy.people.access import requires
from advocacy.people.roles import Permission
from advocacy.shares import changes, operations
from advocacy.shares.carried_media import media_of
from advocacy.shares.deleting import deletable_id, wants_deleting
from advocacy.shares.drafting import shows_card, text_to_paste
from advocacy.shares.going_back import back_to_list, if_in_time
from advocacy.shares.models import LEAVING, Share, ShareState
from advocacy.shares.own_share import own_share
from advocacy.shares.problem_words import by_place
from advocacy.shares.reasons import WishRefused
from advocacy.web.runtime import runtime
from integrations.clock import now
from integrations.database import transaction

TOLD_BY_PERSON = {ShareState.COPIED, ShareState.TOLD}
# Posted by hand as well, its post would be there twice.
STILL_OURS = {*LEAVING, ShareState.NEEDS_RECONNECT}


@requires(Permission.SHARE)
@if_in_time
def text(public_id: str) -> ResponseReturnValue:
    """The text with its link, and LinkedIn's own composer."""
    with transaction() as session:
        share = own_share(session, public_id)
    return _text_page(share)


@requires(Permission.SHARE)
@if_in_time
def told(public_id: str) -> ResponseReturnValue:
    """ "I posted it", with the post's address if one has it at hand."""
    given = request.form.get("address", "")
    with transaction() as session:
        share = own_share(session, public_id)
    try:
        with transaction() as session:
            mine = own_share(session, public_id)
            operations.tell_posted(session, mine, given, now(), site=_site())
    except WishRefused as refused:
        return _text_page(share, given, by_place(refused.problems)), 422
    flash(_("Noted. It is on your list, and nobody else sees it."))
    return back_to_list()


@requires(Permission.SHARE)
@if_in_time
def address_page(public_id: str) -> ResponseReturnValue:
    """Where to say where a post stands."""
    with transaction() as session:
        share = own_share(session, public_id)
    return _address_page(share, share.post_address or "", {})


@requires(Permission.SHARE)
@if_in_time
def address(public_id: str) -> ResponseReturnValue:
    """Keep the address."""
    given = request.form.get("address", "")
    with transaction() as session:
        share = own_share(session, public_id)
    if not given.strip():
        errors = {
            "address": _("Paste the post’s address here, or go back to My shares.")
        }
        return _address_page(share, given, errors), 422
    try:
        with transaction() as session:
            mine = own_share(session, public_id)
            if mine.state in TOLD_BY_PERSON:
                operations.tell_posted(session, mine, given, now(), site=_site())
            else:
                changes.add_address(session, mine, given, site=_site())
    except WishRefused as refused:
        return _address_page(share, given, by_place(refused.problems)), 422
    if wants_deleting(mine) and deletable_id(mine):
        return redirect(url_for("shares.delete_page", public_id=public_id))
    flash(_("Kept. You can open the post from here now."))
    return back_to_list()


def _text_page(
    share: Share, given: str = "", errors: Mapping[str, str] | None = None
) -> str:
    words = text_to_paste(share, runtime().settings.base_url)
    card = shows_card(share.item)
    return render_template(
        "shares/text.html",
        share=share,
        text=words,
        composer=runtime().outside.networks[LINKEDIN].composer_address(words),
        # A card shows the picture by itself; elsewhere it has to be taken along.
        media=[] if card else media_of(share, share.item, share.item.media),
        may_tell=share.state in TOLD_BY_PERSON,
        still_ours=share.state in STILL_OURS,
        address=given,
        errors=errors or {},
    )


def _address_page(share: Share, given: str, errors: Mapping[str, str]) -> str:
    return render_template(
        "shares/address.html", share=share, address=given, errors=errors
    )


def _site() -> str:
    return runtime().settings.linkedin_site_base
