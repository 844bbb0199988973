"""The commands of arena.py, one file each."""
