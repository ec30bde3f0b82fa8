"""For whoever runs the service: whether it is at work, and what waits. Never a person."""
