"""Ask one's own documents: a model answers from passages of them, and it is shown from which."""
