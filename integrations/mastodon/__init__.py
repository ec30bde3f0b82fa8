"""Mastodon: one server of it, with sign-on, statuses, pictures and videos."""
