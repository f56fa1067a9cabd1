"""What people's documents say, as passages with their vectors, kept up to date by the events of documents."""
