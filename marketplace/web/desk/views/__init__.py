"""Pages of the desk, one file per thing an official does."""
