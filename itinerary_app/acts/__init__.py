"""One language for every change of a trip."""
