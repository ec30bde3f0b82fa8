"""Uploading one document: ask for an address, send the bytes at once."""

from integrations.linkedin.calls import Calls
from integrations.linkedin.urns import media_urn
from integrations.linkedin.whole_files import announce, send_whole
from integrations.network import Document


def upload_document(calls: Calls, document: Document) -> str:
    """The URN of the uploaded document; like a picture's, its state is not for us."""
    value = announce(calls, "documents")
    send_whole(calls, value.get("uploadUrl"), document.file)
    return media_urn(value.get("document"))
