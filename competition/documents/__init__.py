"""Plan documents: stored by hash, readable by the judges who mark the entrant."""
