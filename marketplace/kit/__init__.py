"""Tools that know nothing of OCOP: the database, the clock, money, text, state tables, promises to the outside, the edge."""
