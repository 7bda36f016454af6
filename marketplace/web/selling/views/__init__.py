"""Views of producers, one file per journey."""
