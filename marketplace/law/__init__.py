"""Every legal figure, forbidden word and deadline, with its dates and its source."""
