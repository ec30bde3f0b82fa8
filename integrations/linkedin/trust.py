"""Which hosts may see a member's token and files."""

from urllib.parse import urlsplit

from integrations.errors import Refused
from integrations.linkedin.settings import LinkedInSettings


def upload_address(settings: LinkedInSettings, address: object) -> str:
    """`address` if it is at LinkedIn: no answer may send files or tokens elsewhere."""
    bases = [urlsplit(base) for base in (settings.api_base, settings.site_base)]
    parts = urlsplit(address if isinstance(address, str) else "")
    ours = any((parts.scheme, parts.netloc) == (b.scheme, b.netloc) for b in bases)
    host = parts.hostname or ""
    if ours or (parts.scheme == "https" and host.endswith(".linkedin.com")):
        return parts.geturl()
    raise Refused("the upload address is not LinkedIn's", code="upload_address")
