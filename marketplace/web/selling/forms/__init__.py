"""Forms of producers, one class per page of questions."""
