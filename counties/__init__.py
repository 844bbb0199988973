"""A county's page: its own list of entrants, and nothing of another county."""
