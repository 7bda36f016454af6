"""What buyers say of goods that were delivered to them."""
