"""Corrections by two people: what waits for a signature, what is asked for, reviews."""
