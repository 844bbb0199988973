"""The day of the event: stage moves, released scores, hall screens, tablets' work."""
