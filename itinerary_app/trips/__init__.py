"""What can be done with a trip: talk, plan, take away, share, let go."""
