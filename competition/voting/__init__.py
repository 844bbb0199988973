"""An audience vote: cards with codes, ballots from phones, opening and closing, the count."""
