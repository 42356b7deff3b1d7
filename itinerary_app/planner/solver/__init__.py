"""The search for the best routes through some days."""
