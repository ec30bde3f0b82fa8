"""A post as the service sends it, without the service."""

from integrations.linkedin.client import LinkedIn
from integrations.network import PostDraft
from tests.integrations.linkedin_sandbox.serving import RunningSandbox


def publish(
    sandbox: RunningSandbox, draft: PostDraft, name: str = "Ivo Terpstra"
) -> str:
    """Publish it in somebody's name; the post's URN."""
    linkedin = LinkedIn(sandbox.settings_for_client())
    access = sandbox.access_for(name)
    return linkedin.open_line(access).create(linkedin.prepare(access, draft))
