"""The documents service: what a person saves, finds again, and nobody else can see."""
