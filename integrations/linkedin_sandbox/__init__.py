"""A pretend LinkedIn with the real one's addresses, for demonstration and tests.

It shares no code with `integrations.linkedin`: what one gets wrong, the other finds.
"""
