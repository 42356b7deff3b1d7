"""A plan from a request."""
