"""Pages for strangers, by what they are about."""
