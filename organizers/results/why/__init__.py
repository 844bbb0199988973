"""One entrant's figure from the marks to the decision."""
