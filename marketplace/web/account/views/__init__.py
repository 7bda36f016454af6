"""Addresses of the door of signing in, one journey per file."""
