"""Tracked links: short codes and their anonymous counts."""
