"""A person's documents as a whole: all of them as files, and all of them erased."""
