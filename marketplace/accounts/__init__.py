"""Users, sessions, roles and areas."""
