"""Handles for whoever tries things out: faults, tokens, a look inside."""

from dataclasses import asdict
from typing import Any

from flask import Blueprint, abort, jsonify, request
from flask.typing import ResponseReturnValue

from integrations.linkedin_sandbox.bodies import said
from integrations.linkedin_sandbox.fault_choice import set_fault, set_fault_mix
from integrations.linkedin_sandbox.faults import FAULTS
from integrations.linkedin_sandbox.gateway import memory
from integrations.linkedin_sandbox.given_tokens import end_tokens
from integrations.linkedin_sandbox.handles import done
from integrations.linkedin_sandbox.post_content import assets_of
from integrations.linkedin_sandbox.shown_posts import media_address

blueprint = Blueprint("admin", __name__, url_prefix="/sandbox")


@blueprint.get("/faults")
def known_faults() -> ResponseReturnValue:
    """All faults there are, the one that is set, and the mix."""
    with memory().lock:
        return jsonify(
            faults=[
                {"fault": name, "label": one.label, "commits": one.commits}
                for name, one in FAULTS.items()
            ],
            fault=memory().fault,
            times=memory().fault_times,
            mix=memory().fault_mix.percents,
            seed=memory().fault_mix.seed,
        )


@blueprint.post("/faults")
def faults() -> ResponseReturnValue:
    """Let create calls go wrong.

    The next ones: `fault`, and `times` (1; -1 for all). By chance, as JSON: `mix`, an
    object of percentages by fault (empty to end it), and `seed`.
    """
    try:
        given = said() if request.is_json else _with_mix(request.form.to_dict())
        with memory().lock:
            if "mix" in given:
                set_fault_mix(memory(), int(given.get("seed", 0)), given["mix"])
            if "fault" in given or "mix" not in given:
                name, times = given.get("fault", ""), given.get("times", 1)
                set_fault(memory(), str(name), int(times))
    except KeyError:
        abort(422, description=f"known faults: {', '.join(FAULTS)}")
    except (AttributeError, TypeError, ValueError, OverflowError):
        abort(422, description="a mix is an object of percentages, times is a number")
    return done()


def _with_mix(form: dict[str, str]) -> dict[str, Any]:
    """A form has the mix in fields of their own: `percent-` and the fault's name."""
    fields = {name: one for name, one in form.items() if name.startswith("percent-")}
    if not fields:
        return dict(form)
    mix = {name[8:]: one and float(one) for name, one in fields.items()}
    return form | {"mix": {name: one for name, one in mix.items() if one}}


@blueprint.post("/tokens/<any(revoked, expired):status>")
def tokens(status: str) -> ResponseReturnValue:
    """End tokens: as if they were taken back, or as if time had passed.

    All of them, or with `member` (a name) or `client_id` only those.
    """
    given = said()
    with memory().lock:
        name = str(given.get("member", ""))
        sub = memory().member_named(name).sub if name else ""
        end_tokens(status, sub, str(given.get("client_id", "")))
        memory().save()
    return done()


@blueprint.post("/forget")
def forget() -> ResponseReturnValue:
    """Empty the feed."""
    with memory().lock:
        memory().forget_posts()
    return done()


@blueprint.get("/posts.json")
def posts() -> ResponseReturnValue:
    """All posts, oldest first, and how many create calls arrived."""
    with memory().lock:
        found = []
        for post in memory().posts.values():
            member = memory().members[post.author.rpartition(":")[2]]
            media = [media_address(asset) for asset in assets_of(post.content)]
            found.append(asdict(post) | {"member": member.name, "media": media})
        return jsonify(posts=found, creates=len(memory().creates_log))


@blueprint.get("/creates.json")
def creates() -> ResponseReturnValue:
    """Every create call that ever arrived, oldest first; `?after=n` leaves out the first n."""
    after = request.args.get("after", 0, type=int)
    with memory().lock:
        calls = [asdict(one) for one in memory().creates_log.all() if one.n > after]
    return jsonify(creates=calls)
