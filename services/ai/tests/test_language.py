"""Languages: which one a text is in, and Spanish in English words, by Apertium itself."""

import os
import signal
from concurrent.futures import ThreadPoolExecutor

import pytest

from ai.language import English, detect
from ai.language.detection import is_spanish


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("How do I change a flat tyre on my bicycle?", "en"),
        ("¿Cómo se cambia la rueda de una bicicleta?", "es"),
        ("LA CASA ESTÁ EN EL CENTRO DEL PUEBLO", "es"),
        ("Où est la bibliothèque de la ville ?", "fr"),
        ("Wo finde ich bitte den nächsten Bahnhof?", "de"),
        ("12345 !?", "und"),
        ("", "und"),
    ],
)
def test_the_language_of_a_text(text: str, code: str) -> None:
    assert detect(text).code == code


def test_a_few_spanish_words_are_not_taken_for_their_neighbours() -> None:
    assert [is_spanish(text) for text in ("dolor de espalda", "seguro del coche", "receta de gazpacho")] == [
        True
    ] * 3
    assert not any(
        is_spanish(text) for text in ("back pain", "car insurance", "zuppa di pomodoro", "chocolate")
    )


def test_spanish_becomes_english(english: English) -> None:
    told = english.of("El perro duerme.\nLa llave está debajo de la puerta.")
    assert told == "The dog sleeps. The key is under the door."


@pytest.mark.parametrize(
    "text",
    [
        "[ ] { } ^hola$ / \\ @ <b> ~",
        "[][\n]",
        "^",
        "\\",
        "$",
        "]]",
        "^x/y<n>$",
        "<script>",
        "日本語 👍",
        "]" * 300,
        "a" * 5000,
    ],
)
def test_what_looks_like_its_own_signs_passes_unharmed(english: English, text: str) -> None:
    told = english.of(text)
    assert told is not None
    assert len(told) <= len(text) + 20
    assert english.of("El perro duerme.") == "The dog sleeps."


def test_a_zero_byte_cannot_put_answers_out_of_step(english: English) -> None:
    english.of("uno\0dos\0tres")
    assert english.of("El perro duerme.") == "The dog sleeps."


@pytest.mark.parametrize("sign", ["\uffff", "\ufffe", "\x01", "\x1b", "\ufdd0", "\U0010ffff"])
def test_what_is_no_text_neither_ends_its_programs_nor_puts_them_out_of_step(
    english: English, sign: str
) -> None:
    """U+FFFF is the end of its input to Apertium: the rest would be the answer to the next text, of somebody else."""
    english.of("El perro duerme.")
    before = english._pipeline
    told = english.of(f"{sign}El perro{sign} duerme.{sign}")
    assert told is not None
    assert "\0" not in told
    assert english.of("La casa es grande.") == "The house is big."
    assert english._pipeline is before


def test_a_long_text_goes_through_in_pieces(english: English) -> None:
    told = english.of("El perro duerme en la cocina. " * 300)
    assert told is not None
    assert told.count("dog") == 300


def test_people_who_ask_at_once_get_their_own_answers(english: English) -> None:
    words = {
        "perro": "dog",
        "casa": "house",
        "mesa": "table",
        "libro": "book",
        "ventana": "window",
        "sal": "salt",
    }
    with ThreadPoolExecutor(6) as threads:
        told = list(threads.map(lambda word: english.of(f"Veo {word} y {word}."), list(words) * 5))
    assert all(
        answer and answer.count(word) == 2
        for answer, word in zip(told, list(words.values()) * 5, strict=True)
    )


@pytest.mark.parametrize("place", [0, 3, -1])
def test_a_program_of_it_that_dies_is_started_again(english: English, place: int) -> None:
    english.of("El perro duerme.")
    assert english._pipeline is not None
    victim = english._pipeline._processes[place]
    os.kill(victim.pid, signal.SIGKILL)
    victim.wait()
    assert english.of("El perro duerme.") == "The dog sleeps."


def test_where_it_is_not_installed_nothing_is_translated() -> None:
    absent = English("spa-nowhere")
    assert not absent.available
    assert absent.of("El perro duerme.") is None
