"""Questions that buyers are asked."""
