"""From scores to ranks, the cut, its open zone and the chain of keys."""
