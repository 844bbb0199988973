"""A judge's side: sign-in, the pad, own sheets, and their routes."""
