"""Sheets coming in: progress, absences, typed-in sheets and changes."""
