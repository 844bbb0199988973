"""Uncertainty shown beside the result; it decides nothing."""
