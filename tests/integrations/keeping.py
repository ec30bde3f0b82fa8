"""Calls over kept connections, and servers that answer what they were asked."""

from integrations.breaker import Breaker
from integrations.errors import NotDone
from integrations.http_messages import Answer
from integrations.repeatable_calls import RepeatableCalls, Service
from tests.integrations.certificates import server_context
from tests.integrations.linkedin.scripted import raw_server

HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n"


def asked(kept, address, what="a", *, seconds=2.0, once=False, ca_file=None):
    """What one call for `what` is answered; without a second try of its own."""

    def error_for(answer: Answer) -> NotDone:
        return NotDone("no", code=str(answer.status))

    service = Service("Site", error_for, 2, seconds, (), 20, ca_file)
    with RepeatableCalls(service, Breaker(), kept) as calls:
        send = calls.send_once if once else calls.send
        return send("POST", f"{address}/{what}", {}, b"{}").said().get("for")


def next_request(line):
    """Its path; empty when the client is gone."""
    data = b""
    while not data.endswith(b"{}"):
        more = line.recv(65536)
        if not more:
            return ""
        data += more
    return data.split()[1].decode().strip("/")


def say(line, what, *headers):
    body = b'{"for": "%s"}' % what.encode()
    rows = b"".join(row + b"\r\n" for row in headers)
    line.sendall(HEAD + rows + b"Content-Length: %d\r\n\r\n" % len(body) + body)


def answers_all(line):
    while what := next_request(line):
        say(line, what)


def answers_one(line):
    """And ends the connection, without having said that it would."""
    say(line, next_request(line))


def held(kept):
    return [one for idle in kept._idle.values() for one, _since in idle]  # noqa: SLF001


def end_all(kept):
    """A server that waits for the next request would wait for ever."""
    for one in held(kept):
        one.close()


def asked_over_tls(kept, certificate, handle):
    """What calls for a, b and c are answered, and how many connections they took."""
    context = server_context(certificate)

    def over_tls(line):
        with context.wrap_socket(line, server_side=True) as safe:
            handle(safe)

    ca_file = str(certificate / "cert.pem")
    with raw_server(over_tls) as server:
        address = server.address.replace("http:", "https:")
        told = [asked(kept, address, what, ca_file=ca_file) for what in "abc"]
        end_all(kept)
    return told, server.connections
