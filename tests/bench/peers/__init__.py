"""The peers, from their released packages: a file for each, imported when it starts.

Each is set up the way its documentation recommends for a web app with a pool of eight;
where there is a choice, the faster one is taken.
"""
