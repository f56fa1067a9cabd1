"""Markdown is taken apart and put together again: what is no text is never touched."""

import time

import pytest

from ai.language.english import BACK, English
from ai.language.markdown import pieces
from ai.language.translation import translated

DOCUMENT = """---
title: front matter
---
# El perro `code` grande

Una línea de texto
que sigue aquí con [un enlace](http://x.es/a_(b) "t").\x20\x20
Y otra tras el salto.

- [ ] primera cosa
  que continúa
- segunda

    continuación en la lista

> cita larga
> que sigue
>
> otra cita

```python
# no se traduce
print("hola")
```

    # código sangrado

Título
======

| Nombre | Valor |
|---|:--:|
| perro | `x` |

<div>
no se toca
</div>

[ref]: http://x.es "Título"
***
Fin."""


def test_what_is_read_and_what_stays() -> None:
    assert [piece.text for piece in pieces(DOCUMENT) if piece.is_read] == [
        "El perro `code` grande",
        'Una línea de texto que sigue aquí con [un enlace](http://x.es/a_(b) "t").',
        "Y otra tras el salto.",
        "primera cosa que continúa",
        "segunda",
        "continuación en la lista",
        "cita larga que sigue",
        "otra cita",
        "Título",
        "Nombre",
        "Valor",
        "perro",
        "Fin.",
    ]


def test_joined_it_is_the_same_but_for_the_ends_of_lines_within_paragraphs() -> None:
    joined = "".join(piece.text for piece in pieces(DOCUMENT))
    assert joined.replace("\n> ", " ").split() == DOCUMENT.replace("\n> ", " ").split()
    assert "".join(piece.text for piece in pieces(joined)) == joined


@pytest.mark.parametrize(
    "text",
    [
        "`" * 200_000, "](" * 100_000, "_" * 300_000, "a" * 1_000_000, "[*`<" * 100_000, "|" * 200_000, "a_" * 300_000,
        "> " * 200_000, " " * 500_000 + "x", "- " * 200_000, "#" * 500_000, "\r\n" * 200_000, "```\n" * 100_001,
        "$$\nx", "", "\n", "\0", "\ud800 x",
    ],
    ids=lambda text: repr(text[:8]),
)  # fmt: skip
def test_nothing_takes_long_or_loses_anything(text: str) -> None:
    began = time.process_time()
    assert "".join(piece.text for piece in pieces(text)).replace("> ", "") == text.replace("> ", "")
    assert time.process_time() - began < 20


@pytest.mark.parametrize(
    ("spanish", "told"),
    [
        ("El perro `make up` duerme.", "The dog `make up` sleeps."),
        ("El **perro grande** duerme.", "The **big dog** sleeps."),
        ("Vea [la casa](http://x.es/a_b?c=[d]) grande.", None),
        ("Escriba a ana@example.com, o mire docs/info.md.", None),
        ("Un signo \\* y otro \\[ más.", None),
        ("`solo_codigo`", "`solo_codigo`"),
        ("  espacios alrededor \r", None),
        ("[] ^x$ {y} @z / \\", None),
        ("una **frase** larga con `código` " * 200, None),
        ("日本語 👍 **x**", None),
    ],
)
def test_marks_pass_through_a_translation(english: English, spanish: str, told: str | None) -> None:
    new = translated(english, spanish)
    if told is not None:
        assert new == told
    for mark in (
        "`make up`",
        "**",
        "](http://x.es/a_b?c=[d])",
        "ana@example.com",
        "docs/info.md",
        "\\*",
        "\\[",
        "`código`",
    ):
        assert new.count(mark) == spanish.count(mark)
    assert (new[: len(new) - len(new.lstrip())], new[len(new.rstrip()) :]) == (
        spanish[: len(spanish) - len(spanish.lstrip())],
        spanish[len(spanish.rstrip()) :],
    )


def test_english_becomes_spanish_and_emphasis_keeps_its_words() -> None:
    spanish = English(BACK)
    try:
        assert translated(spanish, "The **big dog** of [John](http://x) reads.") == (
            "El **perro grande** de [John](http://x) lee."
        )
        told = translated(spanish, "How to *install* it")
        assert "**" not in told
        assert told.count("*") == 2
    finally:
        spanish.close()
