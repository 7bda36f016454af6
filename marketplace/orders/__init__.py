"""One producer's part of a checkout: its lines, its stock, its moves until delivery."""
