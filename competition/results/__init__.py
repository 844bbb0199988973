"""What the marks come to: standings and why, decisions, the certificate, awards."""
