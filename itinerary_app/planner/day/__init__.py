"""What a day can hold: its limits, its stops and their times."""
