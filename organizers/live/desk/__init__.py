"""The page of the day: order, clock, next step, seats, and what needs a person."""
