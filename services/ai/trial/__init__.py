"""What anyone may try without signing in: the same as people have, over the samples."""
