"""The parts of the page of county filing: thirteen lines, one county, and what is done with it."""
