"""python -m ai.conversion: makes the model of embeddings, where ai.embedding looks for it."""

from ai.conversion.minilm import convert
from ai.embedding.files import FOLDER

if __name__ == "__main__":
    convert(FOLDER)
