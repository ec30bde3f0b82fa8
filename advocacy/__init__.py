"""People sharing: every slice of the service, one folder each."""
