"""Embeddings: what means the same is near, whoever asks beside; and people take turns."""

import threading
import time
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path

import numpy as np
import pytest

from ai.crowd import Crowd
from ai.embedding import SIZE, Embeddings
from ai.embedding.model import MAX_TOKENS
from ai.embedding.turns import Turns
from ai.problems import QueueFull
from servicekit.problems import Unavailable
from tests.support.waiting import LONG, until

CATS = ("The cat sat on the mat.", "A feline rested on the rug.", "Share prices fell sharply on Monday.")


def test_what_means_the_same_is_near(embeddings: Embeddings) -> None:
    vectors = embeddings.embed(CATS)
    assert vectors.shape == (3, SIZE)
    assert vectors.dtype == np.float32
    assert np.allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-5)
    near = vectors @ vectors.T
    assert near[0, 1] > 0.5
    assert near[0, 2] < 0.2


def test_a_vector_does_not_depend_on_its_neighbours(embeddings: Embeddings) -> None:
    """Of any length, in a batch with what is shorter, as long, or longer."""
    texts = [*CATS, "Cat", "", "gato " * 30, "🙂 " * 40, " ".join(CATS * 10), "La casa, el perro; ñandú."]
    model = embeddings.model
    tokens = model.tokens(texts)
    alone = np.concatenate([model.vectors([each]) for each in tokens])
    assert np.allclose(model.vectors(tokens), alone, atol=1e-6)
    assert np.allclose(embeddings.embed(texts), alone, atol=1e-6)


def test_any_text_has_a_vector(embeddings: Embeddings) -> None:
    vectors = embeddings.embed(["", " ", "日本語", "👍", "\0", "word " * 5000, "x" * 10_000])
    assert np.isfinite(vectors).all()
    assert embeddings.embed([]).shape == (0, SIZE)


def test_threads_get_what_one_alone_gets(embeddings: Embeddings) -> None:
    texts = [f"This is sentence number {number}." * (1 + number % 3) for number in range(64)]
    alone = np.concatenate([embeddings.model.vectors([each]) for each in embeddings.model.tokens(texts)])
    with ThreadPoolExecutor(8) as threads:
        together = list(threads.map(lambda text: embeddings.embed([text], text)[0], texts))
    assert np.allclose(np.stack(together), alone, atol=1e-6)


def test_without_its_files_it_is_told_and_nothing_breaks(tmp_path: Path) -> None:
    empty = Embeddings(tmp_path)
    with pytest.raises(Unavailable, match="has not been set up"):
        empty.embed(["text"])


def test_who_asks_for_much_does_not_hold_up_who_asks_for_little() -> None:
    turns, served, go = Turns(1), list[str](), threading.Event()

    def ask(person: str) -> None:
        with turns.turn(person):
            served.append(person)
            go.wait(LONG)

    with ThreadPoolExecutor(12) as threads:
        threads.submit(ask, "first")
        until(lambda: served == ["first"])
        for waiting, person in enumerate(["greedy"] * 9 + ["modest"], start=1):
            threads.submit(ask, person)
            until(partial(is_waited_for, turns, waiting))
        go.set()
    assert served[:3] == ["first", "greedy", "modest"]
    assert served[3:] == ["greedy"] * 8


def is_waited_for(turns: Turns, by: int) -> bool:
    return sum(map(len, turns._waiting.values())) == by


def test_a_place_is_free_again_whatever_happened_in_it() -> None:
    turns = Turns(1)
    with pytest.raises(ValueError, match="broken"), turns.turn("ana"):
        raise ValueError("broken")
    with turns.turn("bea"):
        assert turns._free == 0


def test_of_one_person_only_so_many_lists_are_under_way(
    embeddings: Embeddings, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each holds a thread of the service: turns are of no use to who finds none free."""
    crowd = Crowd(1)
    monkeypatch.setattr(embeddings, "_crowd", crowd)
    with crowd.one_of("ana"):
        with pytest.raises(QueueFull):
            embeddings.embed(CATS, "ana")
        assert len(embeddings.embed(CATS, "bea")) == len(CATS)
    assert len(embeddings.embed(CATS, "ana")) == len(CATS)
    assert crowd._inside == {}


def test_a_long_text_takes_no_longer_than_what_is_read_of_it(embeddings: Embeddings) -> None:
    began = time.process_time()
    counts = [len(tokens) for tokens in embeddings.model.tokens(["word " * 200_000, "é," * 300_000])]
    assert counts == [MAX_TOKENS, MAX_TOKENS]
    assert time.process_time() - began < 1
