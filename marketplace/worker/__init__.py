"""What the market does while nobody asks: kept promises, timers, the index, the sealed trail."""
