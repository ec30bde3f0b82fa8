"""Which hosts may see a member's token and files."""

import re
from urllib.parse import quote, urlsplit

from integrations.errors import Refused
from integrations.linkedin.settings import LinkedInSettings

# All that stands for something in an address (RFC 3986), so that the rest is encoded.
MEANT = "!#$%&'()*+,/:;=?@[]~"
LINKEDIN_HOST = re.compile(
    r"([a-z0-9-]{1,63}\.){1,8}linkedin\.com(:443)?", re.IGNORECASE
)


def upload_address(settings: LinkedInSettings, address: object) -> str:
    """`address`, encoded, if it is at LinkedIn: no answer may send files or tokens elsewhere."""
    bases = [urlsplit(base) for base in (settings.api_base, settings.site_base)]
    try:
        parts = urlsplit(quote(address if isinstance(address, str) else "", safe=MEANT))
    except ValueError:  # half a sign, or brackets that are no host
        parts = urlsplit("")
    ours = any((parts.scheme, parts.netloc) == (b.scheme, b.netloc) for b in bases)
    if ours or (parts.scheme == "https" and LINKEDIN_HOST.fullmatch(parts.netloc)):
        return parts.geturl()
    raise Refused("the upload address is not LinkedIn's", code="upload_address")
