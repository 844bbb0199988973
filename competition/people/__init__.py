"""Who takes part: people and their roles, links, devices, cards to print."""
