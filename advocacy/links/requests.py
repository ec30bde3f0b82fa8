"""What is read of a request: what RSGI servers tell, as far as tracked links need it."""

from typing import Any, Protocol


class Headers(Protocol):
    """By names in small letters. What is no ASCII is not there."""

    def get(self, name: str, /) -> str | None:
        """The first of that name."""

    def get_all(self, name: str, /) -> list[str]:
        """All of that name, as they came."""


class Request(Protocol):
    """A Scope of RSGI."""

    @property
    def method(self) -> str: ...
    @property
    def path(self) -> str: ...
    @property
    def client(self) -> str:
        """Address and port of the other end of the line."""

    @property
    def headers(self) -> Headers: ...


class Application(Protocol):
    """Whatever else a server may ask."""

    async def __rsgi__(self, scope: Any, protocol: Any) -> None: ...
