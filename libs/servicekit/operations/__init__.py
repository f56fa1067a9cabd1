"""What administrators see of a service's events, and what they decide about its dead letters."""
