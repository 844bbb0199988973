"""The people of a competition: roles, links, devices, cards to print."""
