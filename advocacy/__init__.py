"""People sharing: every slice of the service, one folder each."""

VERSION = "0.1.0"  # as in pyproject.toml
