"""Places from elsewhere: read from files or Overpass, mapped to ours, kept, checked.

What the code does and why is told in PLACES.md beside the catalogue.
"""
