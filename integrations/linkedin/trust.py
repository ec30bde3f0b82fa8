"""Which hosts may see a member's token and files."""

import re
from urllib.parse import urlsplit

from requests.utils import requote_uri

from integrations.errors import Refused
from integrations.linkedin.settings import LinkedInSettings

LINKEDIN_HOST = re.compile(
    r"([a-z0-9-]{1,63}\.){1,8}linkedin\.com(:443)?", re.IGNORECASE
)


def upload_address(settings: LinkedInSettings, address: object) -> str:
    """`address`, encoded, if it is at LinkedIn: no answer may send files or tokens elsewhere."""
    bases = [urlsplit(base) for base in (settings.api_base, settings.site_base)]
    try:
        parts = urlsplit(requote_uri(address if isinstance(address, str) else ""))
    except ValueError:  # half a sign, or brackets that are no host
        parts = urlsplit("")
    ours = any((parts.scheme, parts.netloc) == (b.scheme, b.netloc) for b in bases)
    if ours or (parts.scheme == "https" and LINKEDIN_HOST.fullmatch(parts.netloc)):
        return parts.geturl()
    raise Refused("the upload address is not LinkedIn's", code="upload_address")
