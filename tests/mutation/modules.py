"""What is changed, and which tests are asked: those that notice most come first."""

from pathlib import Path

SHARES = "advocacy/shares"
# Beside the file of tests that mirrors a module: those that speak of it in other words,
# and for the columns of a model the one that compares them with the migrations.
OTHERS = {
    "integrations/linkedin/little_text": "",
    f"{SHARES}/outcomes": "",
    f"{SHARES}/models": "moves operations racing",
    f"{SHARES}/evidence": "known settling second_attempts",
    f"{SHARES}/usual_end": "",
    f"{SHARES}/settling": "settled learned set_aside calls_not_made spent_days second_attempts"
    " moves probing storing_answers two_connections",
    f"{SHARES}/arming": "interrupted_workers from_hand withdrawn_on_the_wire probing"
    " second_attempts two_connections",
    f"{SHARES}/claiming": "in_hand calls_not_made spent_days from_hand facts counted_calls"
    " token_life waiting_for_a_thread mastodon/two_networks",
    f"{SHARES}/publishing": "posting duplicates calls_not_made doubts_and_refusals two_connections"
    " answers interrupted_workers storing_answers waiting_for_a_thread withdrawn_on_the_wire"
    " held_too_long",
    f"{SHARES}/storing_outcomes": "usual_end kept_outcomes database_away storing_answers answers",
    f"{SHARES}/budget": "budget_for_several used_up counted_calls calls_not_made in_hand",
    f"{SHARES}/call_rows": "spent_days budget budget_for_several counted_calls",
    f"{SHARES}/facts": "in_hand claiming named publishing drafting",
    f"{SHARES}/dispatching": "waiting_for_a_thread tasks",
    f"{SHARES}/crew": "dispatching waiting_for_a_thread",
}


def tests_of(module: str) -> list[str]:
    """The files of tests for a module, as paths in the tree; pytest says if one is gone."""
    folder, name = module.rsplit("/", 1)
    paths = [Path("tests", folder, word) for word in (name, *OTHERS[module].split())]
    files = [f"{path.parent}/test_{path.name}.py" for path in paths]
    return files + ["tests/rules/test_migrations.py"] * module.endswith("/models")
