"""Questions the desk asks, one file per page."""
