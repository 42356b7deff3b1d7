"""What all share of facts: places, cities, the globe, opening hours, names."""
