"""Trips to several cities: their order, nights, the ways between, the whole."""
