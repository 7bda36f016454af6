"""Pages of buyers."""
