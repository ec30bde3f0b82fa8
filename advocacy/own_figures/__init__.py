"""The figures of a person's own posts, for that person alone."""
