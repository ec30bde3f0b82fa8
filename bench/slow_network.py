"""The network that the burst posts at: every call is answered, and takes its time."""

import asyncio
import json
import re
import threading
from collections import Counter

LATENCY = 0.2  # seconds, of every answer
WORDS = re.compile(rb"Share \d+")
FIRST_URN = 7_200_000_000_000_000_000


class SlowNetwork:
    """Answers every call after a while, and counts the posts by their text."""

    def __init__(self, port: int) -> None:
        self.port, self.posts = port, Counter[bytes]()
        threading.Thread(target=lambda: asyncio.run(self._serve()), daemon=True).start()

    async def _serve(self) -> None:
        server = await asyncio.start_server(
            self._answer, "127.0.0.1", self.port, backlog=1000
        )
        async with server:
            await server.serve_forever()

    async def _answer(
        self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter
    ) -> None:
        try:
            goes_on = True
            while goes_on:
                head = (await reader.readuntil(b"\r\n\r\n")).lower()
                length = head.partition(b"content-length:")[2].split(b"\r")[0]
                body = await reader.readexactly(int(length))
                await asyncio.sleep(LATENCY)
                writer.write(self._said(head, body))
                await writer.drain()
                goes_on = b"connection: close" not in head
        except (OSError, EOFError):
            pass  # a worker that was killed
        finally:
            writer.close()

    def _said(self, head: bytes, body: bytes) -> bytes:
        if head.startswith(b"post /rest/posts"):
            self.posts[WORDS.search(body)[0]] += 1  # type: ignore[index]
            urn = f"urn:li:share:{FIRST_URN + self.posts.total()}"
            return _response("201 Created", f"x-restli-id: {urn}\r\n")
        if head.startswith(b"post /rest/images"):
            to = f"http://127.0.0.1:{self.port}/upload"
            value = {"uploadUrl": to, "image": "urn:li:image:C4E10AQFoyyAjHPMQuQ"}
            return _response("200 OK", body=json.dumps({"value": value}))
        return _response("201 Created")


def _response(status: str, headers: str = "", body: str = "") -> bytes:
    length = f"content-length: {len(body)}\r\n"
    return f"HTTP/1.1 {status}\r\n{headers}{length}\r\n{body}".encode()
