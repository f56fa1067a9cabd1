"""The schema, one change per revision; only these files create tables."""
