"""On the day: the stage desk, the hall, and sheets coming in."""
