"""The standings, rulings and certifying."""
