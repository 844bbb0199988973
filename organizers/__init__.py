"""The organisers' side: set-up, panel, stage desk, standings, awards, log."""
