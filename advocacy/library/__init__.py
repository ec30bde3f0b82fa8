"""The library as employees see it, and the item page."""
