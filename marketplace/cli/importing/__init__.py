"""Products from a file: reading it, judging every row before anything is written, writing it."""
