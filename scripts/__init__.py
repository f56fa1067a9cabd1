"""The tools around the platform: what `make` calls. Nothing here runs in production."""
