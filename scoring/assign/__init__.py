"""Who marks whom: assignments of judges to entrants before a round."""
