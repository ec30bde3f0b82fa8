"""The headers every call under /rest carries."""

from integrations.network import Access


def rest_headers(access: Access, version: str) -> dict[str, str]:
    """Whose call it is, and which month's API it speaks."""
    return {
        "Authorization": f"Bearer {access.token}",
        "LinkedIn-Version": version,
        "X-Restli-Protocol-Version": "2.0.0",
    }
