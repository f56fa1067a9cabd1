"""Suggested tags: one's own that fit, and new ones from the text."""
