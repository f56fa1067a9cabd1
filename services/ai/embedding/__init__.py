"""Texts as vectors: near each other where they mean the same."""

from ai.embedding.service import SIZE, Embeddings, Vectors

__all__ = ["SIZE", "Embeddings", "Vectors"]
