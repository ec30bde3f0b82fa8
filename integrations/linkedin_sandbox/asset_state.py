"""How far a picture or video is: uploads take a while to become something to show."""

from integrations.clock import now
from integrations.linkedin_sandbox.gateway import memory
from integrations.linkedin_sandbox.records import Asset


def asset_state(asset: Asset) -> str:
    """One of LinkedIn's four words."""
    if asset.finished_at is None:
        return "WAITING_UPLOAD"
    wait = memory().settings.processing_seconds
    if now().timestamp() < asset.finished_at + wait:
        return "PROCESSING"
    return "PROCESSING_FAILED" if failure_of(asset) else "AVAILABLE"


def failure_of(asset: Asset) -> str:
    """Why it cannot be shown, "" when it can."""
    if asset.failure or not memory().settings.media_fail:
        return asset.failure
    return "PROCESSING_ERROR"
