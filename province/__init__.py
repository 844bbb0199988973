"""The province's pages: over all competitions of one installation."""
