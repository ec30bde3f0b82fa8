"""A pretend Mastodon server with the real one's addresses, for demonstration and tests.

It shares no code with `integrations.mastodon`: what one gets wrong, the other finds.
"""
