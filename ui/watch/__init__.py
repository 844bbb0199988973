"""Watching the server's process: counts of its requests, its log, its figures for a monitor."""
