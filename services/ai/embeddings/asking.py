"""Texts to vectors, accounted for: by the bundled model in this process, or by one elsewhere."""

import base64
from typing import Any

import numpy as np

from ai.budgets import account
from ai.budgets.service import Used
from ai.embedding import SIZE, Vectors
from ai.embedding.patience import NotWanted, TooLate
from ai.embeddings.schemas import EmbeddingsIn
from ai.models.catalog import Model
from ai.parts import Parts
from ai.problems import ModelFailed, NotForThisModel
from servicekit.identity import Identity
from servicekit.presence import ClientGone

PER_TEXT = 4  # tokens that a model puts around a text

Asked = tuple[dict[str, Any], int]


def embed(parts: Parts, identity: Identity, asked: EmbeddingsIn) -> Asked:
    """The vectors, and what is left of the budget."""
    model = parts.catalog.find(asked.model, "embedding", identity)
    if asked.dimensions not in {None, SIZE} and model.upstream is None:
        raise NotForThisModel(f"{model.id} has {SIZE} dimensions, and no fewer. Leave `dimensions` out.")
    texts = [asked.input] if isinstance(asked.input, str) else asked.input
    work = _here if model.upstream is None else _elsewhere
    return work(parts, identity, model, texts, asked)


def _here(parts: Parts, identity: Identity, model: Model, texts: list[str], asked: EmbeddingsIn) -> Asked:
    looked = account.look(parts, identity, model.id, len(texts))  # before the texts are taken apart
    tokens = parts.embeddings.model.tokens(texts)
    count = sum(map(len, tokens))
    held = account.hold(parts, looked, count)
    used = None
    try:
        vectors = parts.embeddings.embed_tokens(tokens, identity.subject)
        used = Used(model.id, count, 0)
    except (NotWanted, TooLate) as over:  # what was done by then is paid for
        used = Used(model.id, over.tokens, 0) if over.tokens else None
        raise
    finally:
        parts.keeper.settle(held, used)
    return _told(model, vectors, count, asked), held.left


def _elsewhere(
    parts: Parts, identity: Identity, model: Model, texts: list[str], asked: EmbeddingsIn
) -> Asked:
    most = sum(len(text.encode(errors="replace")) + PER_TEXT for text in texts)
    held = account.reserve(parts, identity, model.id, most)
    likely, used = -(-most // 4), None
    try:
        with parts.crowd.one_of(identity.subject):
            vectors, count = parts.relay.embed(model, texts, asked.dimensions, identity.subject)
        used = held.within(Used(model.id, count or likely, 0))
    except ClientGone:  # the model has been asked, and may be half done
        used = Used(model.id, likely, 0)
        raise
    finally:
        parts.keeper.settle(held, used)
    left = held.left + held.tokens - used.tokens
    return _told(model, _checked(vectors, len(texts)), used.tokens, asked), left


def _checked(vectors: list[Any], texts: int) -> Vectors:
    """As many as texts, all of one length, of numbers."""
    try:
        array = np.array(vectors, np.float32)
    except (TypeError, ValueError, OverflowError):
        raise ModelFailed from None
    if array.ndim != 2 or array.shape[0] != texts or not np.isfinite(array).all():
        raise ModelFailed
    return array


def _told(model: Model, vectors: Vectors, tokens: int, asked: EmbeddingsIn) -> dict[str, Any]:
    written = _in_base64 if asked.encoding_format == "base64" else _as_numbers
    return {
        "data": [{"index": index, "embedding": written(vector)} for index, vector in enumerate(vectors)],
        "model": model.id,
        "usage": {"prompt_tokens": tokens, "total_tokens": tokens},
    }


def _in_base64(vector: Vectors) -> str:
    return base64.b64encode(vector.astype("<f4").tobytes()).decode()


def _as_numbers(vector: Vectors) -> list[float]:
    return [float(number) for number in vector]
