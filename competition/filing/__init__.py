"""Filing: counties list their entrants until a deadline; the organizers accept or return."""
