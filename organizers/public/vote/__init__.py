"""The audience's phones: the page behind a card's code, and what it sends."""
