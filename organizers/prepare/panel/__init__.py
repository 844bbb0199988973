"""Judges, their seats, sessions and recusals."""
