"""Conversations in OpenAI's format: with the bundled model, or with models elsewhere."""
