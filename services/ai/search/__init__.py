"""Search in one's own documents by meaning and by words."""
