"""Plans as files to take away: a module a format, each a pure render(itinerary)."""
