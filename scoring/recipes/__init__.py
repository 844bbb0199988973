"""The steps to one entrant's score, in printed figures that add up."""
