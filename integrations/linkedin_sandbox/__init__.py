"""A stand-in for LinkedIn at LinkedIn's own addresses, as strict as the real one."""
