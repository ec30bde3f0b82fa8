"""What every page shares: headers, error pages, language, formats, health."""
