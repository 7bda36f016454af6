"""Where requests come in and answers go out: bodies, units, forgery, headers, files, flashes."""
