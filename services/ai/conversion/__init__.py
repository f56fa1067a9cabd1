"""Makes the model of embeddings from its published weights, when the service is set up."""
