"""Events: the outbox, the relay, the consumer, over the embedded line, on both databases."""
