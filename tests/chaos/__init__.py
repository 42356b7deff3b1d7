"""Turns that were answered are there once, whatever is killed, frozen or cut."""
