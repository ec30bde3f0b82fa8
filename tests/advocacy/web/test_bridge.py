"""The bridge between granian and the WSGI application, over real connections."""

import json
import time

import pytest

from tests.advocacy.web.bridge_server import BridgeServer
from tests.advocacy.web.raw import answer, ask, connect, request

ODD = {
    "a path of any bytes": request("/echo/a%2Fb%C3%A9%00%20.?q=%C3%A9%FF+&q=%26"),
    "an empty query": request("/echo?"),
    "bytes as they are": b"GET /echo/\xc3\xa9?q=\xc3\xa9 HTTP/1.1\r\nHost: x\r\n\r\n",
    "the whole address": request("http://other.example/echo/there"),
    "headers told twice": request("/echo", "X-One: 1", "X-Two: 2", "x-one: 3"),
    "proxies told twice": request(
        "/echo", "X-Forwarded-For: 192.0.2.1, 192.0.2.2", "X-Forwarded-For: 192.0.2.3"
    ),
    "headers of other letters": b"GET /echo HTTP/1.1\r\nHost: x\r\nX-Odd: \xe9\r\n\r\n",
    "a cookie": request("/echo", "Cookie: a=1; b=2"),
    "no host": b"GET /echo HTTP/1.0\r\n\r\n",
    "a form": request("/echo", "Content-Type: text/odd", method="POST", body=b"a=b"),
    "a long form": request("/echo", method="PUT", body=b"x" * 300_000),
    "a form of nothing": request("/echo", method="POST", length=0),
    "a body that nobody asked for": request("/echo", body=b"and why not"),
    "only the head": request("/echo", method="HEAD"),
    "options": request("/echo", method="OPTIONS"),
    "a method that is not there": request("/echo", method="DELETE"),
    "a method of one's own": request("/echo", method="LOOK"),
    "no page": request("/nothing"),
    "nothing to say": request("/status/204"),
    "nothing new": request("/status/304"),
    "two cookies set": request("/cookies"),
    "a file": request("/file"),
    "the head of a file": request("/file", method="HEAD"),
    "part of a file": request("/file", "Range: bytes=100-70000"),
    "the head of a part": request("/file", "Range: bytes=100-70000", method="HEAD"),
    "its first byte": request("/file", "Range: bytes=0-0"),
    "its last bytes": request("/file", "Range: bytes=-3"),
    "more than it has": request("/file", "Range: bytes=1023999-2000000"),
    "what it does not have": request("/file", "Range: bytes=9000000-"),
    "a file that one has": request("/file", 'If-None-Match: "one"'),
    "a part of another file": request(
        "/file", "Range: bytes=5-9", 'If-Range: "another"'
    ),
    "another protocol": request(
        "/echo",
        "Upgrade: websocket",
        "Connection: Upgrade",
        "Sec-WebSocket-Version: 13",
        "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==",
    ),
    "a bug": request("/bug"),
}
# What differs and may: streams, how HTTP/1.0 is written, and what only one of them says.
MAY_DIFFER = {"wsgi.input", "wsgi.errors", "wsgi.input_terminated"}
MAY_DIFFER |= {"wsgi.multiprocess"}


def comparable(told):
    headers = {(name.lower(), str(value)) for name, value in told.headers.items()}
    headers -= {
        one for one in headers if one[0] in {"date", "content-length", "server"}
    }
    body = told.body
    if body.startswith(b"{"):
        body = json.loads(body)
        environ = body["environ"]
        body["environ"] = {
            name: value
            for name, value in environ.items()
            if name not in MAY_DIFFER and value
        }
    return told.status, headers, body


@pytest.mark.parametrize("what", ODD)
def test_the_application_is_asked_and_answers_as_without_the_bridge(
    served, plain, what
):
    ours, others = ask(served.port, ODD[what]), ask(plain.port, ODD[what])
    assert comparable(ours) == comparable(others)


def test_bytes_in_a_path_that_are_no_text_read_as_without_the_bridge(served, plain):
    ours, others = (one.get("/echo/%FF%FE.%80") for one in (served, plain))
    assert json.loads(ours.body)["rest"] == json.loads(others.body)["rest"]


def test_a_file_is_as_long_as_it_says(served, film):
    told = served.get("/file")
    assert told.headers["Content-Length"] == "1024000"
    assert told.body == film.read_bytes()
    assert served.get("/file", method="HEAD").headers["Content-Length"] == "1024000"
    part = served.get("/file", "Range: bytes=255-256")
    assert (part.body, part.headers["Content-Range"]) == (
        b"\xff\x00",
        "bytes 255-256/1024000",
    )


def test_nobody_learns_where_a_file_is(served, film):
    for headers in ((), ("Range: bytes=1-2",), ('If-None-Match: "one"',)):
        told = served.get("/file", *headers)
        assert str(film.parent) not in str(told.headers)


def test_a_file_that_went_away_meanwhile_is_no_page(served):
    assert served.get("/gone").status == 404


def test_a_header_with_an_underscore_does_not_pass_for_one_of_the_proxy(served):
    told = served.get("/echo", "X-Forwarded-For: 192.0.2.1", "X_Forwarded_For: 9")
    environ = json.loads(told.body)["environ"]
    assert environ["HTTP_X_FORWARDED_FOR"] == "192.0.2.1"


def test_what_is_said_bit_by_bit_is_told_whole(served):
    told = served.get("/bit-by-bit")
    assert (told.body, told.headers["Content-Length"]) == (b"01234", "5")


def test_requests_that_run_are_answered_when_the_server_is_asked_to_stop(folder, film):
    asked = film.with_suffix(".asked")
    with BridgeServer(folder, "rsgi", film) as stopping:
        asked.unlink(missing_ok=True)
        half = request("/echo", method="POST", body=b"ab", length=3)
        with (
            connect(stopping.port, request("/slow")) as running,
            connect(stopping.port, half) as arriving,
        ):
            while not asked.exists():
                time.sleep(0.01)
            stopping.child.ask_to_stop()
            time.sleep(0.3)
            arriving.sendall(b"c")
            assert json.loads(answer(arriving).body)["length"] == 3
            assert answer(running).body == b"ended well"
        stopping.child.make_sure(10)
        assert not stopping.child.tail()
