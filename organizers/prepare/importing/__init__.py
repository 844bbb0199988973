"""The parts of the import page: what was chosen, the sheet with its columns, the findings."""
