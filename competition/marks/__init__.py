"""Marks and sheets, from the first tap to a change asked for after the lock."""
