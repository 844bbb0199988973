"""On the day: the page of the day, the hall, and sheets coming in."""
