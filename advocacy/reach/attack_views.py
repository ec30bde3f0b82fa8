"""The report of the attack suite, for everybody to read."""

from flask.typing import ResponseReturnValue

from advocacy.people.access import requires
from advocacy.people.roles import Permission
from advocacy.reach import attack_findings
from advocacy.reach.attack_said import in_readers_language
from advocacy.reach.attack_words import attack_words, outcome, verdict_words
from advocacy.reach.shown_pages import shown_page


@requires(Permission.READ_REACH)
def attacks() -> ResponseReturnValue:
    """What each attack reached, or that none was tried on this version."""
    return shown_page(
        "reach/attacks.html",
        found=attack_findings.findings(attack_findings.FOUND),
        attack_words=attack_words,
        in_words=in_readers_language,
        outcome=outcome,
        verdict_words=verdict_words,
    )
