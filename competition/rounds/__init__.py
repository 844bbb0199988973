"""Competitions, rounds, rubrics and rules, and what a round still lacks."""
