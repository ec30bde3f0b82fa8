"""What administrators and operators did, for the auditor to read."""
