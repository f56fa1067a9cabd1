"""The AI service: chat, embeddings and what is built on them, for people who are let in at the same door."""
