"""Has the sign-on's library send through our own calls, within their bounds."""

from io import BytesIO
from typing import Any

import requests
from requests.adapters import BaseAdapter
from requests.structures import CaseInsensitiveDict

from integrations.bounded_http import BoundedHttp, Bounds
from integrations.breaker import Breaker
from integrations.errors import NotDone
from integrations.http_messages import Answer, NoAnswer, Request


def bound_session(session: requests.Session, breaker: Breaker, bounds: Bounds) -> None:
    """Have a session send within bounds, and take nothing from the environment."""
    session.trust_env = False  # no proxy, no password from a file
    session.max_redirects = 0
    for scheme in list(session.adapters):
        session.mount(scheme, _Adapter(breaker, bounds))


class _Adapter(BaseAdapter):
    def __init__(self, breaker: Breaker, bounds: Bounds) -> None:
        super().__init__()
        self._http = BoundedHttp(breaker)
        self._bounds = bounds

    def send(
        self, request: requests.PreparedRequest, *_more: Any, **_options: Any
    ) -> requests.Response:
        """One try. Raises `NotDone` when no answer comes."""
        try:
            answer = self._http.send(_as_we_have_it(request), self._bounds)
        except NoAnswer as error:
            reason = "LinkedIn could not be reached"
            raise NotDone(reason, code=error.code) from error
        return _as_requests_has_it(request, answer)

    def close(self) -> None:
        """Nothing stays open."""


def _as_we_have_it(request: requests.PreparedRequest) -> Request:
    body = request.body.encode() if isinstance(request.body, str) else request.body
    address, headers = str(request.url), dict(request.headers)
    return Request(str(request.method), address, headers, body)


def _as_requests_has_it(
    request: requests.PreparedRequest, answer: Answer
) -> requests.Response:
    response = requests.Response()
    response.status_code = answer.status
    response.headers = CaseInsensitiveDict(answer.headers)
    response.raw = BytesIO(answer.body)
    response.encoding = "utf-8"  # guessing would take seconds with a long one
    response.request = request
    response.url = str(request.url)
    return response
