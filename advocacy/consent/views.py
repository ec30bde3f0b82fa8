"""What I allow: the switches, the receipts, and the way out of everything."""

from uuid import UUID

from flask import (
    Blueprint,
    Response,
    flash,
    redirect,
    render_template,
    request,
    url_for,
)
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from sqlalchemy.orm import Session

from advocacy.consent.cascade import Cascade
from advocacy.consent.counting import Counted
from advocacy.consent.models import Purpose
from advocacy.consent.operations import give, turn_everything_off, withdraw
from advocacy.consent.page import answers_of, entries_of, given, is_offered
from advocacy.consent.purposes import BY_CODE, Offer
from advocacy.consent.queries import own_event, text_of
from advocacy.consent.receipts import (
    LONGEST,
    Verdict,
    check_receipt,
    receipt,
    receipt_file,
)
from advocacy.errors import NotFound
from advocacy.people.access import requires, signed_in_person
from advocacy.people.coming_back import local_path
from advocacy.people.models import Person
from advocacy.people.roles import Permission
from advocacy.web.downloads import as_file
from advocacy.web.language import language
from advocacy.web.runtime import runtime
from integrations.clock import now
from integrations.database import transaction

blueprint = Blueprint("consent", __name__, url_prefix="/consent")

# What the person did, for the record; in one language, so that records can be compared.
TURNED_ON = "pressed Turn on, on the page What I allow"
TURNED_OFF = "pressed Turn off, on the page What I allow"
ALL_OFF = "pressed Turn everything off, on the page What I allow"


@blueprint.get("")
@requires(Permission.OWN_DATA)
def page() -> ResponseReturnValue:
    """Every purpose with its switch, and the person's receipts."""
    person = signed_in_person()
    with transaction() as session:
        entries = entries_of(session, person, language(), runtime().settings)
        posting = next(entry for entry in entries if entry.posts)
        stopped = posting.record_id is not None and not posting.is_on
        left = runtime().posts_left(session, person.id) if stopped else []
        answers = answers_of(session, person, language())
        leaving = posting.is_on and runtime().posts_leaving(session, person.id)
        planned = posting.is_on and runtime().posts_planned(session, person.id)
    return render_template(
        "consent/page.html",
        entries=entries,
        answers=answers,
        posts_left=left,
        leaving=leaving,
        planned=planned,
        onward=_onward(),
    )


@blueprint.post("/<code>")
@requires(Permission.OWN_DATA)
def answer(code: str) -> ResponseReturnValue:
    """Turn one purpose on or off; at once, and without a question."""
    offer = BY_CODE.get(code)
    wanted = request.form.get("answer")
    if offer is None or wanted not in {"on", "off"}:
        raise NotFound
    if wanted == "on" and not is_offered(offer, runtime().settings):
        raise NotFound
    (_turn_on if wanted == "on" else _turn_off)(offer)
    # To the top: what the press did is said there.
    return redirect(url_for(".page", come_back_to=_onward()))


@blueprint.post("/everything-off")
@requires(Permission.OWN_DATA)
def everything_off() -> ResponseReturnValue:
    """Withdraw all that is on."""
    stopped = Counted()
    with transaction() as session:
        me = _me(session)
        cascade: Cascade = [stopped, *_chosen_cascade()]
        turn_everything_off(session, me, language(), ALL_OFF, now(), cascade)
        leaving = runtime().posts_leaving(session, me.id)
    words = _("Everything is off."), stopped.words(), *_what_leaves(leaving)
    flash(" ".join(words))
    return redirect(url_for(".page"))


@blueprint.get("/receipts/<uuid:record_id>")
@requires(Permission.OWN_DATA)
def receipt_page(record_id: UUID) -> ResponseReturnValue:
    """One receipt, to read."""
    with transaction() as session:
        event = own_event(session, signed_in_person(), record_id)
        if event is None:
            raise NotFound
        text = text_of(session, event)
    return render_template(
        "consent/receipt.html",
        given=given(event, language()),
        event=event,
        text=text,
    )


@blueprint.get("/receipts/<uuid:record_id>/download")
@requires(Permission.OWN_DATA)
def download(record_id: UUID) -> ResponseReturnValue:
    """One receipt, to keep."""
    with transaction() as session:
        event = own_event(session, signed_in_person(), record_id)
        if event is None:
            raise NotFound
        document = receipt(
            event, text_of(session, event), runtime().settings.organisation
        )
    name = f"receipt-{event.purpose.value.lower()}-{event.at:%Y-%m-%d}.json"
    return as_file(Response(receipt_file(document), mimetype="application/json"), name)


@blueprint.route("/check", methods=["GET", "POST"])
@requires(Permission.OWN_DATA)
def check() -> ResponseReturnValue:
    """Say whether a receipt's seal fits. Nothing of it is stored."""
    document = _handed_in() if request.method == "POST" else ""
    verdict, error = None, ""
    if document.strip():
        with transaction() as session:
            verdict = check_receipt(session, document)
    elif request.method == "POST":
        error = _("Paste a receipt, or choose its file.")
    if verdict is Verdict.UNREADABLE:
        error = _(
            "This is not a receipt we can read. Use the downloaded file as it is,"
            " whole."
        )
    page = render_template(
        "consent/check.html", document=document, verdict=verdict, error=error
    )
    return page, 422 if error else 200


def _turn_on(offer: Offer) -> None:
    with transaction() as session:
        give(session, _me(session), offer.purpose, language(), TURNED_ON, now())
    flash(_("“%(title)s” is on.", title=offer.words(language()).title))


def _turn_off(offer: Offer) -> None:
    stopped = Counted()
    with transaction() as session:
        me = _me(session)
        cascade: Cascade = [stopped, *_chosen_cascade()]
        withdraw(session, me, offer.purpose, language(), TURNED_OFF, now(), cascade)
        leaving = runtime().posts_leaving(session, me.id)
    off = _("“%(title)s” is off.", title=offer.words(language()).title)
    # One press, one notice.
    flash(" ".join([off, *_what_ended(offer.purpose, leaving, stopped)]))


def _what_ended(purpose: Purpose, leaving: int, stopped: Counted) -> list[str]:
    if purpose is Purpose.POST_FOR_ME and leaving and _delete_again():
        return [stopped.words(), *_what_leaves(leaving)]
    if purpose is Purpose.POST_FOR_ME:
        return [stopped.words(), _("The key from LinkedIn is gone.")]
    if purpose is Purpose.READ_MY_FIGURES:
        return [_("The figures are deleted, and the key for them is gone.")]
    return []


def _chosen_cascade() -> Cascade:
    here = runtime()
    chosen = _delete_again()
    return here.withdrawal_cascade if chosen else here.cascade_that_leaves_posts


def _delete_again() -> bool:
    """Whether a post that is just leaving goes again; so too where nobody was asked,
    because none was on the wire when the page was made.
    """
    return "asked" not in request.form or "delete_again" in request.form


def _what_leaves(leaving: int) -> list[str]:
    if not leaving or not _delete_again():
        return []
    return [
        _(
            "A post is just leaving. If LinkedIn says in time that it arrived, we delete"
            " it; within two minutes the key from LinkedIn is gone. My shares says how"
            " it ended, and whether you have to delete it yourself."
        )
    ]


def _me(session: Session) -> Person:
    return session.get_one(Person, signed_in_person().id)


def _onward() -> str | None:
    """The page that sent the person here, to go back to afterwards."""
    return local_path(request.values.get("come_back_to"))


def _handed_in() -> str:
    """A receipt as a file, or pasted."""
    file = request.files.get("file")
    if file and file.filename:
        return file.read(LONGEST + 1).decode(errors="replace")
    return request.form.get("document", "")
