"""What happened, in words: from the states before and after, never from the acts."""
