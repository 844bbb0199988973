"""The log of all acts."""
