"""Long work with a person's documents: summarise one, translate one, index all of them again, tag all of them."""
