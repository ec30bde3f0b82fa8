"""Calls with everything right, so that a test can get one thing wrong."""

from dataclasses import dataclass
from typing import Any

import requests

from integrations.network import Access
from tests.integrations.linkedin_sandbox.serving import RunningSandbox


@dataclass
class Caller:
    """Somebody's app, speaking to the network without our client."""

    sandbox: RunningSandbox
    access: Access

    @property
    def author(self) -> str:
        return f"urn:li:person:{self.access.member_id}"

    def headers(self, **changes: str | None) -> dict[str, str]:
        """The right headers, with `changes` (underscores for dashes; None leaves out)."""
        right = {
            "Authorization": f"Bearer {self.access.token}",
            "LinkedIn-Version": "202609",
            "X-Restli-Protocol-Version": "2.0.0",
        }
        given = right | {name.replace("_", "-"): one for name, one in changes.items()}
        return {name: one for name, one in given.items() if one is not None}

    def call(
        self, method: str, path: str, said: Any = None, **headers: str | None
    ) -> requests.Response:
        return requests.request(
            method,
            f"{self.sandbox.address}{path}",
            json=said,
            headers=self.headers(**headers),
            timeout=10,
            allow_redirects=False,
        )

    def body(self, **changes: Any) -> dict[str, Any]:
        """A right post, with `changes` (None leaves a field out)."""
        right = {
            "author": self.author,
            "commentary": "A right post",
            "visibility": "PUBLIC",
            "distribution": {"feedDistribution": "MAIN_FEED"},
            "lifecycleState": "PUBLISHED",
        }
        return {name: one for name, one in (right | changes).items() if one is not None}

    def post(self, **changes: Any) -> requests.Response:
        return self.call("POST", "/rest/posts", self.body(**changes))

    def announce(self, kind: str, **fields: Any) -> requests.Response:
        """initializeUpload for an image or a video."""
        request = {"owner": self.author} | fields
        path = f"/rest/{kind}s?action=initializeUpload"
        return self.call("POST", path, {"initializeUploadRequest": request})

    def put(self, address: str, data: bytes, *, token: bool) -> requests.Response:
        headers = {"Authorization": f"Bearer {self.access.token}"} if token else {}
        return requests.put(address, data=data, headers=headers, timeout=10)

    def picture(self, data: bytes) -> str:
        """An uploaded picture."""
        return self._uploaded("image", data)

    def document(self, data: bytes) -> str:
        """An uploaded document."""
        return self._uploaded("document", data)

    def _uploaded(self, kind: str, data: bytes) -> str:
        value = self.announce(kind).json()["value"]
        assert self.put(value["uploadUrl"], data, token=True).status_code == 201
        return str(value[kind])
