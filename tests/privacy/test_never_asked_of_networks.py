"""Which addresses of a network are asked at all (privacy.md 5, terms of LinkedIn's API)."""

import ast
import re

import pytest

from tests.privacy.source import modules

# Posting and deleting one's own, what goes along, whose account it is, figures of one's own
# posts. Nothing of reactions, comments, connections or other members.
ALLOWED = {
    "linkedin": {
        "/feed/",  # links for its owner, never fetched
        "/feed/update/",
        "/in/me/recent-activity/all/",
        "/oauth/v2",
        "/rest/",  # images and documents, by name
        "/rest/me",
        "/rest/memberCreatorPostAnalytics",
        "/rest/posts",
        "/rest/videos",
        "/v2/userinfo",
    },
    "mastodon": {
        "/api/v1/accounts/verify_credentials",
        "/api/v1/apps",
        "/api/v1/media",
        "/api/v1/statuses",
        "/api/v2/media",
        "/oauth/authorize",
        "/oauth/revoke",
        "/oauth/token",
    },
}
# Where an address of theirs begins.
ROOTS = re.compile(r"(?:^|\})(/(?:api|feed|in|oauth|rest|v2)/.*)")


def asked(tree):
    """Their addresses in it, without what is put into them."""
    found = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.JoinedStr):
            text = "".join(
                part.value if isinstance(part, ast.Constant) else "{}"
                for part in node.values
            )
        elif isinstance(node, ast.Constant) and isinstance(node.value, str):
            text = node.value
        else:
            continue
        if match := ROOTS.search(text):
            found.add(re.split(r"[{?]", match[1])[0])
    return found


def unknown(network, addresses):
    """Those that are neither allowed nor one thing below what is."""
    whole = tuple(f"{one}/" for one in ALLOWED[network] if not one.endswith("/"))
    return {one for one in addresses - ALLOWED[network] if not one.startswith(whole)}


@pytest.mark.parametrize("network", ALLOWED)
def test_only_what_publishing_and_own_figures_need_is_asked(network):
    found = {
        address
        for file, tree in modules()
        if file.startswith(f"integrations/{network}/")
        for address in asked(tree)
    }
    assert len(found) >= 5
    assert unknown(network, found) == set()


@pytest.mark.parametrize(
    "line",
    [
        'get("/rest/reactions")',
        'get(f"{base}/rest/socialActions/{urn}/comments")',
        'get("/v2/connections")',
    ],
)
def test_another_question_would_be_found(line):
    assert unknown("linkedin", asked(ast.parse(line)))
