"""One create call from arrival to answer: written down, and gone wrong when told to."""

import time
from collections.abc import Callable

from flask import Response, g, request

from integrations.linkedin_sandbox.breaking import break_the_line
from integrations.linkedin_sandbox.creates_log import CreateCall
from integrations.linkedin_sandbox.fault_choice import take_fault
from integrations.linkedin_sandbox.faults import Fault
from integrations.linkedin_sandbox.gateway import memory
from integrations.linkedin_sandbox.records import Post


def write_down() -> None:
    """The call is here, whatever is wrong with it."""
    body = request.get_data()
    value = request.headers.get("Authorization", "").partition(" ")[2]
    with memory().lock:
        token = memory().tokens.get(value)
        member = token.sub if token else ""
        g.create_call = memory().creates_log.arrived(member, body)


def write_down_answer(answer: Response) -> Response:
    """What the caller is told, unless the line broke before."""
    if "create_call" in g:
        with memory().lock:
            memory().creates_log.answered(g.create_call, str(answer.status_code))
    return answer


def carry_out(accepted: Callable[[], Post]) -> Response:
    """201 with an empty body and the id in a header, unless a fault is set.

    `accepted` makes the post of this request or refuses it; it runs behind the lock.
    """
    call: CreateCall = g.create_call
    with memory().lock:
        fault = take_fault(memory(), call)
    if fault.waits:
        time.sleep(memory().settings.slow_seconds)
    if fault.commits:
        with memory().lock:
            post = accepted()
            memory().posts[post.urn] = post
            memory().save()
            memory().creates_log.committed(call, post.urn)
    if fault.waits_after:
        time.sleep(memory().settings.slow_seconds)
    return _answer(call, fault)


def _answer(call: CreateCall, fault: Fault) -> Response:
    if fault.last_bytes is not None:
        with memory().lock:
            what = "nonsense" if fault.last_bytes else "nothing"
            memory().creates_log.answered(call, what)
        break_the_line(fault.last_bytes)
    if fault.refusal:
        raise fault.refusal()
    headers = {"x-restli-id": call.urn} if fault.names_the_post else {}
    return Response(status=201, headers=headers)
