"""A plan from a plan."""
