"""Jobs: their API and the runners, on both databases."""
