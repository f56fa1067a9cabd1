"""What comes first is looked at again, in the languages that it is written in."""

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pytest

from ai.search import second_look
from ai.search.second_look import SecondLook, Vector
from ai.search.service import Found, closer
from ai.tests.people import ANA

TEXTS = [
    "Carta de presentación. Una página: por qué esa empresa, y qué problema suyo sé resolver.",
    "Bleeding the radiators. Open the valve with the square key until water drips.",
    "Gallinas en el corral. Un metro cuadrado por ave, ponederos con paja.",
]


SHARED = SecondLook()


def found(name: str, similarity: float) -> Found:
    return Found(name, name, (), name, 0, similarity, False, 0.0)


def said(likeness: dict[str, float]) -> second_look.Look:
    return lambda texts: np.array([likeness.get(text, 0.0) for text in texts], np.float32)


def test_a_likeness_decides_between_what_is_nearly_as_near() -> None:
    near = [found("a", 0.50), found("b", 0.49), found("c", 0.2)]
    order = [each.title for each in closer(near, said({"b. b": 0.6, "a. a": 0.4, "c. c": 1.0}))]
    assert order == ["b", "a", "c"]
    assert closer([], said({})) == []


@pytest.mark.parametrize(
    ("question", "meant"),
    [
        ("cómo escribir para pedir un empleo", 0),
        ("applying for a job by letter", 0),
        ("sacar el aire de la calefacción", 1),
        ("keeping chickens", 2),
    ],
)
def test_it_reads_both_languages(question: str, meant: int) -> None:
    assert int(SHARED.at(question, ANA)(TEXTS).argmax()) == meant


def test_a_passage_is_read_once_while_it_is_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(second_look, "KEPT", 2)
    look, read = SecondLook(), []
    model = look._model()
    encode = model.encode

    def noted(texts: list[str]) -> Vector:
        read.append(list(texts))
        vectors: Vector = encode(texts)
        return vectors

    monkeypatch.setattr(model, "encode", noted)
    first = look.at("gallinas", ANA)(TEXTS[:2])
    again = look.at("gallinas", ANA)([TEXTS[1], TEXTS[2], TEXTS[1]])
    assert read == [["gallinas", *TEXTS[:2]], ["gallinas", TEXTS[2]]]
    assert again[0] == again[2] == pytest.approx(first[1], abs=1e-5)
    look.at("gallinas", ANA)(TEXTS[:1])
    assert read[-1] == ["gallinas", TEXTS[0]]  # it had to make room


def test_threads_do_not_disturb_each_other() -> None:
    questions = ["gallinas", "radiators", "empleo", ""] * 4
    alone = [SHARED.at(question, ANA)(TEXTS) for question in questions]

    def asked(question: str) -> Vector:
        return SHARED.at(question, ANA)(TEXTS)

    with ThreadPoolExecutor(8) as threads:
        together: Sequence[Vector] = list(threads.map(asked, questions))
    assert all(np.allclose(one, other, atol=1e-4) for one, other in zip(alone, together, strict=True))


def test_a_very_long_question_is_read_in_part() -> None:
    assert np.isfinite(SHARED.at("gallinas " * 100_000, ANA)(TEXTS)).all()
