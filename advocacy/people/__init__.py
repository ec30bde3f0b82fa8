"""Persons, units, roles, and signing in."""
