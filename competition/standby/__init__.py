"""A second laptop: paired by a code, it follows by verified copies and may take the first's place.

On the first laptop: `codes` (pairing), `lending` (copies and what belongs to them), `lag` (how far
the second is behind). On the second: `wire`, `copies`, `following`, `promoting`. On both:
`fencing`, which makes the one with the lower generation read-only.
"""
