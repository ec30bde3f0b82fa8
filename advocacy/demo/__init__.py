"""The sample organisation, its pictures and its history."""
