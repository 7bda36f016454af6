"""Problems that somebody reports about a product or an order, and what the desk answered."""
