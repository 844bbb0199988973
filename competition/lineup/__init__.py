"""Who stands and who sits: entrants, panel, order, sessions, seats and who takes them over."""
