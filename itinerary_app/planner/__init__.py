"""Plans days in a city: known places in, timed itineraries out; no clock, no I/O."""
