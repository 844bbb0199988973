"""Results: standings and explanations, rulings, the certificate, awards."""
