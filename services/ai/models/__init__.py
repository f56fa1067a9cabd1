"""Which models there are, and who may use them."""
