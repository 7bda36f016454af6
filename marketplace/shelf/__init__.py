"""What a stranger may see: cards, product page, stall, village, place; the one definition of "on sale"."""
