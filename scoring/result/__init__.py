"""The result object: one table of entrants, the cut, sentences, what-ifs, composites."""
