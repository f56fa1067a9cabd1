"""A person's documents: saved, listed, read, replaced, deleted."""
