"""From what a traveller says to acts, in five steps: see README.md."""
