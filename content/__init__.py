"""What can be shared: items, wordings, media, topics. Knows no people and no pages."""
