"""Assignment of judges to entrants before a round."""
