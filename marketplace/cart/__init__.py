"""What a buyer without an account has put aside, under a cookie of its own."""
