"""The hall's screen and announcing."""
