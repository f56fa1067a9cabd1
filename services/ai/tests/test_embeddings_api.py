"""Embeddings in OpenAI's wire format, by the bundled model."""

import base64

import numpy as np
import pytest

from ai.embedding import Embeddings
from ai.tests.people import Person, read

MODEL = "all-minilm-l6-v2"


def test_the_vectors_are_the_models_own(ana: Person, embeddings: Embeddings) -> None:
    texts = ["The cat sleeps.", "Tax law in Spain"]
    told = read(ana.post("/v1/embeddings", json={"model": MODEL, "input": texts}))
    vectors = [entry["embedding"] for entry in told["data"]]
    assert [entry["index"] for entry in told["data"]] == [0, 1]
    assert np.allclose(vectors, embeddings.embed(texts), atol=1e-6)
    count = sum(map(len, embeddings.model.tokens(texts)))
    assert told["usage"] == {"prompt_tokens": count, "total_tokens": count}
    assert ana.usage()["day"]["used"] == count


def test_one_text_and_the_format_that_the_sdk_asks_for(ana: Person, embeddings: Embeddings) -> None:
    body = {"model": MODEL, "input": "A house", "encoding_format": "base64"}
    (entry,) = read(ana.post("/v1/embeddings", json=body))["data"]
    vector = np.frombuffer(base64.b64decode(entry["embedding"]), "<f4")
    assert np.allclose(vector, embeddings.embed(["A house"])[0], atol=1e-6)


@pytest.mark.parametrize(
    "wrong",
    [
        {"input": ""},
        {"input": []},
        {"input": ["a", ""]},
        {"input": [1, 2]},
        {"input": ["a"] * 257},
        {"encoding_format": "hex"},
    ],
    ids=lambda wrong: str(wrong)[:40],
)
def test_what_cannot_be_embedded_is_told(ana: Person, wrong: dict[str, object]) -> None:
    answer = ana.post("/v1/embeddings", json={"model": MODEL, "input": "a"} | wrong)
    assert answer.status_code == 422


def test_other_dimensions_and_other_kinds_of_model_are_not_had(ana: Person) -> None:
    assert ana.post("/v1/embeddings", json={"model": MODEL, "input": "a", "dimensions": 3}).status_code == 400
    assert ana.post("/v1/embeddings", json={"model": "steady", "input": "a"}).status_code == 404
    assert ana.chat(MODEL).status_code == 404
