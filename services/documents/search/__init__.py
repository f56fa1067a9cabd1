"""Full-text search: the same words, the same rules on SQLite and on MySQL."""
