"""The platform in containers, from a clean checkout: `make test-compose`. Needs a Docker engine."""
