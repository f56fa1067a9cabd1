"""The gateway's contract, held against a real nginx with small recording services behind it."""
