"""`make bench-plans`: how good plans are, and how fast, on 200 fixed requests."""
