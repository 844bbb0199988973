"""How firm the result is: judges report, technical annex, trial of other rules."""
