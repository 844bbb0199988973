"""From sheets to scores: every method, and the fits behind them."""
