"""People, their roles and links, the judges' cards, and pairing of tablets."""
