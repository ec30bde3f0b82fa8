"""Released figures: head-counts, release, ledger, charts."""
