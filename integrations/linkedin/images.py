"""Uploading one picture: ask for an address, send the bytes at once."""

from pathlib import Path

from integrations.linkedin.calls import Calls
from integrations.linkedin.urns import media_urn
from integrations.linkedin.whole_files import announce, send_whole


def upload_image(calls: Calls, file: Path) -> str:
    """The URN of the uploaded picture; its file was re-encoded before it came here.

    Its state may not be read with a member's permission: whoever uses it waits a little.
    """
    value = announce(calls, "images")
    send_whole(calls, value.get("uploadUrl"), file)
    return media_urn(value.get("image"))
