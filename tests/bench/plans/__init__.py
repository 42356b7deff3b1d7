"""`make bench-plans`: how good plans are, and how fast, on 400 fixed requests."""
