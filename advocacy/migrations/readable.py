"""What pages of figures and of communications may read: all else is refused by the
database.

Nothing that says who shared, was visited, allowed something or signed in (privacy.md 5).
"""

READABLE = frozenset(
    {
        # Figures, and what decides them.
        "figure_notice",
        "head_count",
        "item_window",
        "ledger_entry",
        "parameter_change",
        "parameter_proposal",
        "quarter_size",
        "release_group",
        "released_figure",
        "unit",
        # What was done and switched, without names.
        "access_entry",
        "switch_state",
        # The library, which no person is in.
        "item",
        "item_topic",
        "media",
        "mention",
        "topic",
        "wording",
    }
)
