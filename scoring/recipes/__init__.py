"""How one entrant's score comes about, in figures that a person can add up."""
