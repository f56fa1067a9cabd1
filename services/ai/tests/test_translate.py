"""Translations of documents: by Apertium or by a model, with their Markdown as it is."""

from typing import Any

import pytest

from ai.models.catalog import Catalog
from ai.tests.people import ANA, Person, read
from ai.tests.working import Works
from servicekit.ids import new_id

SPANISH = """# El perro grande

El **perro** duerme en la casa. La puerta de [la casa](http://x.es/a_b) es blanca.

```sh
ls perro
```

- [x] La casa grande
- El perro `make up` duerme
"""


@pytest.fixture
def bundled_only(works: Works, monkeypatch: pytest.MonkeyPatch) -> None:
    """The deployer has named no model."""
    works.change(monkeypatch, catalog=Catalog())


def translation(works: Works, person: Person, body: str, **wish: Any) -> dict[str, Any]:
    """The new document."""
    document = works.shelf.save(ANA, wish.pop("title", "El perro y la casa"), body, ("perros",))
    job = works.begin(person, kind="translate", document=document, **wish)
    told = works.finish(person, job)
    assert (told["state"], told["reason"], told["done"]) == ("done", None, told["total"])
    (line,) = works.report(person, job)
    made = works.shelf.documents[line["result"]]
    assert made["id"] != document
    assert works.shelf.documents[document]["body"] == body
    return made | {"code": line["code"]}


@pytest.mark.usefixtures("bundled_only")
def test_by_apertium_the_markdown_stays(works: Works, ana: Person) -> None:
    made = translation(works, ana, SPANISH, into="en")
    assert made["title"] == "The dog and the house"
    assert made["tags"] == ("perros",)
    assert made["code"] is None
    assert (
        made["body"]
        == """# The big dog

The **dog** sleeps in the house. The door of [the house](http://x.es/a_b) is white.

```sh
ls perro
```

- [x] The big house
- The dog `make up` sleeps
"""
    )


@pytest.mark.usefixtures("bundled_only")
def test_into_spanish(works: Works, ana: Person) -> None:
    made = translation(works, ana, "The dog is in the house.\n\n    code stays\n", title="The dog", into="es")
    assert (made["title"], made["body"]) == ("El perro", "El perro es en la casa.\n\n    code stays\n")


def test_by_a_model_the_markdown_stays(works: Works, ana: Person) -> None:
    made = translation(works, ana, SPANISH, into="en", model="translator")
    assert made["title"] == "EL PERRO Y LA CASA"
    assert made["body"] == SPANISH.replace("ls perro", "LS PERRO").upper().replace(
        "LS PERRO", "ls perro"
    ).replace("HTTP://X.ES/A_B", "http://x.es/a_b").replace("`MAKE UP`", "`make up`").replace(
        "```SH", "```sh"
    ).replace("[X]", "[x]")


def test_what_a_model_leaves_out_is_asked_for_again(works: Works, ana: Person) -> None:
    made = translation(works, ana, SPANISH, into="en", model="forgetful")
    assert (made["code"], "perro grande" in made["body"]) == (None, False)


def test_what_a_model_breaks_stays_and_is_told(works: Works, ana: Person) -> None:
    """It answers without any of the numbers, and without the code that is in a text."""
    made = translation(works, ana, SPANISH, into="en", model="steady")
    assert made["body"] == SPANISH
    assert made["code"] == "left_in_places"


@pytest.mark.usefixtures("bundled_only")
def test_a_long_one_takes_many_steps_and_loses_nothing(
    works: Works, ana: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("servicekit.jobs.job.LONGEST_STEP", 0.05)
    body = "\n\n".join(f"La casa {number} es grande y `código {number}` no." for number in range(300))
    made = translation(works, ana, body, into="en")
    lines = made["body"].split("\n\n")
    assert len(lines) == 300
    assert all(f"`código {number}`" in line and str(number) in line for number, line in enumerate(lines))
    assert "casa" not in made["body"]


@pytest.mark.usefixtures("bundled_only")
def test_cancelled_in_the_middle_there_is_no_translation(works: Works, ana: Person) -> None:
    body = "\n\n".join(f"La casa {number} es grande." for number in range(20_000))
    document = works.shelf.save(ANA, "Casas", body)
    job = works.begin(ana, kind="translate", document=document, into="en")
    works.step(2)
    told = read(ana.get(f"/jobs/{job}"))
    assert 0 < told["done"] < told["total"]
    assert ana.call("DELETE", f"/jobs/{job}").status_code == 204
    works.step()
    assert read(ana.get(f"/jobs/{job}"))["done"] == told["done"]
    assert len(works.shelf.of(ANA)) == 1


@pytest.mark.parametrize(
    ("body", "into", "pointer"),
    [
        ("El perro duerme en la casa.", "es", "/into"),
        ("The dog sleeps in the house of my friend.", "en", "/into"),
        ("Der Hund schläft in dem großen Haus meines Freundes.", "en", "/document"),
    ],
)
def test_only_between_the_two_languages(
    works: Works, ana: Person, body: str, into: str, pointer: str
) -> None:
    document = works.shelf.save(ANA, body, body)
    answer = works.ask(ana, kind="translate", document=document, into=into)
    assert (answer.status_code, read(answer)["errors"][0]["pointer"]) == (422, pointer)
    assert works.ask(ana, kind="translate", document=new_id(), into=into).status_code == 404
