"""A judge's side: sign-in, the pad, the judge's sheets, and their routes."""
