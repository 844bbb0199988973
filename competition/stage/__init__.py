"""The day itself: turns, released scores, hall screens, and what each tablet is told."""
