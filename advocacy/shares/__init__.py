"""One person's shares: states, operations, publishing, pages."""
