"""What is sold: products, their variants, stock, photos and papers, from draft to withdrawn."""
