"""Finding products: own grammar, one engine behind one protocol, following the log of changes."""
