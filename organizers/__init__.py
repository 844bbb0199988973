"""The organisers' side: set-up, panel, the page of the day, standings, awards, log."""
