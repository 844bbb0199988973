"""Entrants of a round, their running order and what judges read of them."""
