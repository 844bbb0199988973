"""Invented contests with a known true order, and how often a rule finds it."""
