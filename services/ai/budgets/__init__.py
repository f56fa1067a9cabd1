"""What each person may spend, in tokens: reserved before, settled after, exact whatever happens between."""
