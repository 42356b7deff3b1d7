"""The app over HTTP, beside the least that a Flask app could do: `make bench-http`."""
