"""The plans' papers: kept by their hash, read by whoever marks the entrant."""
