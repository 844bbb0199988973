"""The line-up of a round: entrants, running order, sessions, panel, seats and substitutions."""
