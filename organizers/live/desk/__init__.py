"""The stage desk: order, clock, seats, and what needs a person."""
