"""Messages, by who sends them."""
