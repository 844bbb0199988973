"""Set-up of a composite: its parts, weights and rules."""
