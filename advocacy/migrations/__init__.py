"""Database migrations, numbered, one head."""
