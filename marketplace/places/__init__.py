"""Provinces, communes, their old names, and craft villages."""
