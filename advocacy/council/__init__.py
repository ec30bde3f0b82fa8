"""What a works council gets to read about the service itself, and nobody's data."""
