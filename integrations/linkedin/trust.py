"""Which servers we believe: certificates, and hosts that may see a member's token."""

from urllib.parse import urlsplit

import certifi

from integrations.errors import Refused
from integrations.linkedin.settings import LinkedInSettings


def certificates(ca_file: str | None) -> str:
    """The file of authorities; ours comes with us, as a bare machine may have none."""
    return ca_file or certifi.where()


def upload_address(settings: LinkedInSettings, address: object) -> str:
    """`address` if it is at LinkedIn: no answer may send files or tokens elsewhere."""
    bases = [urlsplit(base) for base in (settings.api_base, settings.site_base)]
    parts = urlsplit(address if isinstance(address, str) else "")
    ours = any((parts.scheme, parts.netloc) == (b.scheme, b.netloc) for b in bases)
    host = parts.hostname or ""
    if ours or (parts.scheme == "https" and host.endswith(".linkedin.com")):
        return parts.geturl()
    raise Refused("the upload address is not LinkedIn's", code="upload_address")
