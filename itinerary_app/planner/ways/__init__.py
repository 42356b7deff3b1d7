"""The ways between places, and how long they take."""
