"""What is done from a terminal, by subject; `advocacy.cli` is the way in."""
