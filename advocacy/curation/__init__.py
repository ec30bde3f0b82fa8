"""Communications' own pages: the list and the form."""
