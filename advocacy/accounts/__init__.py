"""A person's connected network accounts."""
