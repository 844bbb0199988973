"""Lists of the selected, and files."""
