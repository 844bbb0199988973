"""Corrections by two people: asked for, previewed, confirmed; and reviews on the spot."""
