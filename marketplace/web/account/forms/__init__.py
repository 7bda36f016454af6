"""Questions of the door of signing in, one page per class."""
