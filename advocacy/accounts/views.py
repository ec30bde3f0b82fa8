"""Connecting a person's own account on a network, and letting go of it."""

from urllib.parse import urlencode

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user

from advocacy.accounts.connections import OFFERS, client_id_of, wanted_of
from advocacy.accounts.ending import Connection, ending_account
from advocacy.accounts.errors import Declined, NotConnected, RoundOver, ScopeMissing
from advocacy.accounts.exchange import Answer, bring_back
from advocacy.accounts.models import member_hash_of
from advocacy.accounts.operations import (
    confirm_round,
    disconnect,
    drop_round,
    note_end,
)
from advocacy.accounts.queries import account_of
from advocacy.accounts.refusals import look_after_other_scopes
from advocacy.accounts.renewal import ends_soon
from advocacy.accounts.renewing import RENEW
from advocacy.accounts.revoking import revoke_after_commit
from advocacy.accounts.rounds import Traveller, granted_round, start_round
from advocacy.accounts.waiting import (
    after_connecting,
    before_connecting,
    waiting_here,
)
from advocacy.consent.queries import purposes_on
from advocacy.errors import NotFound
from advocacy.people.access import requires, signed_in_person
from advocacy.people.coming_back import local_path
from advocacy.people.roles import Permission
from advocacy.web.error_words import sentence_of
from advocacy.web.language import language
from advocacy.web.runtime import runtime
from integrations import task_queue
from integrations.clock import now
from integrations.database import transaction

blueprint = Blueprint("accounts", __name__, url_prefix="/accounts")


# For macros too, which see no context.
blueprint.add_app_template_global(waiting_here, "posts_waiting_for")


@blueprint.app_context_processor
def for_pages() -> dict[str, object]:
    """Other slices' pages may ask whether an account is, or can be, connected."""
    return {
        "connection_to": connection_to,
        "may_connect": may_connect,
        "ending_account": ending_account,
    }


def connection_to(network: str) -> Connection:
    """What whoever looks has connected there, for a purpose of theirs that is on."""
    with transaction() as session:
        account = account_of(session, signed_in_person().id, network)
    return Connection(network, account, allowed=True)


def may_connect(network: str) -> bool:
    """Whether this installation was admitted to the network."""
    parts = runtime()
    known = network in OFFERS and network in parts.outside.sign_ons
    return known and bool(client_id_of(network, parts.settings))


@blueprint.get("")
@requires(Permission.OWN_DATA)
def overview() -> ResponseReturnValue:
    """The connected accounts, and how to let go of them."""
    me, at = signed_in_person().id, now()
    with transaction() as session:
        on = purposes_on(session, me)
        shown = [
            Connection(network, account_of(session, me, network), offer.purpose in on)
            for network, offer in OFFERS.items()
        ]
    for one in shown:
        if one.account and one.account.renewable(at) and ends_soon(one.account, at):
            task_queue.send(RENEW, one.account.id)
    return render_template(
        "accounts/overview.html",
        connections=[one for one in shown if one.account or may_connect(one.network)],
    )


@blueprint.post("/<network>/connect")
@requires(Permission.OWN_DATA)
def connect(network: str) -> ResponseReturnValue:
    """Go to the network's consent screen, asking for what is switched on and no
    more.
    """
    who = _traveller(network)
    sign_on = runtime().outside.sign_ons[network]
    onward = local_path(request.form.get("come_back_to"))
    with transaction() as session:
        wanted = wanted_of(network, purposes_on(session, who.person_id))
        scopes = sign_on.scopes_for(wanted)
        back_to = onward or url_for(".overview")
        state = start_round(session, who, scopes, back_to, now()) if scopes else None
    if state is None:
        offer = OFFERS[network]
        title = offer.words(language()).title
        flash(_("Turn on “%(title)s” first, then connect.", title=title), "wait")
        there = url_for("consent.page", come_back_to=onward, _anchor=offer.code)
        return redirect(there)
    return redirect(_hinted(sign_on.authorize_address(state, scopes)))


@blueprint.get("/<network>/back")
@requires(Permission.OWN_DATA, come_back=False)  # the address carries a code
def back(network: str) -> ResponseReturnValue:
    """Where the network sends the browser afterwards, with a yes or a no."""
    outside = runtime().outside
    # Our own address, not what the request calls its host.
    address = f"{runtime().settings.base_url}{request.path}"
    query = request.query_string.decode(errors="replace")
    answer = Answer(f"{address}?{query}", request.args.get("state", ""))
    try:
        bring_back(
            _traveller(network),
            answer,
            outside.sign_ons[network],
            outside.vault,
            client_id_of(network, runtime().settings),
        )
    except ScopeMissing as error:
        # A round for other permissions ends the tokens of the rounds before it.
        look_after_other_scopes(signed_in_person().id, network, outside)
        return _nothing_connected(error)
    except NotConnected as error:
        return _nothing_connected(error)
    return redirect(url_for(".confirm", network=network))


@blueprint.route("/<network>/confirm", methods=["GET", "POST"])
@requires(Permission.OWN_DATA)
def confirm(network: str) -> ResponseReturnValue:
    """Name both accounts; a POST says yes to the pair."""
    who = _traveller(network)
    try:
        with transaction() as session:
            wanted = request.form.get("round")
            row = granted_round(session, who, now(), wanted)
            if request.method != "POST":
                profile = member_hash_of(network, who.person_id, row.member_id or "")
                return render_template(
                    "accounts/confirm.html",
                    round=row,
                    network=network,
                    waiting=before_connecting(session, network, profile),
                )
            vault = runtime().outside.vault
            client_id = client_id_of(network, runtime().settings)
            confirm_round(session, vault, client_id, who, row)
            found = runtime().account_connected(session, who.person_id, network, now())
            waited = after_connecting(session, network, found)
            revoke_after_commit(session, vault, runtime().outside.sign_ons)
    except NotConnected as error:
        if isinstance(error, RoundOver) and connection_to(network).works:
            return redirect(url_for(".overview"))  # pressed twice: it is done
        return _nothing_connected(error)
    flash(_connected_words(row.member_name or "", signed_in_person().name))
    for said in waited:
        flash(said, "wait")
    return redirect(row.come_back_to)


@blueprint.post("/<network>/drop")
@requires(Permission.OWN_DATA)
def drop(network: str) -> ResponseReturnValue:
    """The pair of names is not right: connect nothing and keep nothing."""
    outside = runtime().outside
    try:
        with transaction() as session:
            wanted = request.form.get("round")
            row = granted_round(session, _traveller(network), now(), wanted)
            drop_round(session, row)
            revoke_after_commit(session, outside.vault, outside.sign_ons)
    except RoundOver as error:
        return _nothing_connected(error)
    flash(_("Nothing was connected."))
    return redirect(row.come_back_to)


@blueprint.post("/<network>/noted")
@requires(Permission.OWN_DATA)
def noted(network: str) -> ResponseReturnValue:
    """The notice that the connection ends was read: it does not come back."""
    with transaction() as session:
        note_end(session, _traveller(network).person_id, network, now())
    return redirect(
        local_path(request.form.get("come_back_to")) or url_for(".overview")
    )


@blueprint.post("/<network>/disconnect")
@requires(Permission.OWN_DATA)
def let_go(network: str) -> ResponseReturnValue:
    """Delete the token here, then ask the network to forget it too."""
    outside = runtime().outside
    who = _traveller(network)
    with transaction() as session:
        disconnect(session, who.person_id, network)
        revoke_after_commit(session, outside.vault, outside.sign_ons)
    flash(_("LinkedIn is disconnected, and its key is deleted."))
    return redirect(url_for(".overview"))


def _traveller(network: str) -> Traveller:
    if not may_connect(network):
        raise NotFound
    return Traveller(signed_in_person().id, current_user.token, network)


def _hinted(address: str) -> str:
    """In the demonstration, where all people are invented, along with one's own name:
    the pretend network cannot know who looks around. No real network is told.
    """
    if not runtime().settings.demo:
        return address
    return f"{address}&{urlencode({'login_hint': signed_in_person().name})}"


def _connected_words(there: str, here: str) -> str:
    if there.casefold() == here.casefold():
        return _("Connected to %(name)s on LinkedIn.", name=there)
    return _(
        "Connected to the LinkedIn account of %(there)s. Here your name is %(here)s.",
        there=there,
        here=here,
    )


def _nothing_connected(error: NotConnected) -> ResponseReturnValue:
    flash(sentence_of(error), "wait" if isinstance(error, Declined) else "bad")
    return redirect(error.come_back_to or url_for(".overview"))
