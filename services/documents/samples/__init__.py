"""Documents that a visitor may read and search without signing in."""
