"""Places from elsewhere: read from files or Overpass, mapped to ours, kept, checked.

PLACES.md tells how, and why so.
"""
