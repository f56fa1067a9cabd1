"""A summary by the bundled model, which knows English only, of a document in Spanish."""

import pytest

from ai.language import detect
from ai.models.catalog import CHAT, Catalog
from ai.tests.people import ANA, Person
from ai.tests.working import Works

SPANISH = (
    "El huerto del pueblo abre cada mañana a las ocho. Los vecinos riegan los tomates y las lechugas antes de que haga "
    "calor. En otoño se recogen las calabazas, y en invierno se prepara la tierra con abono. Quien quiera ayudar puede "
    "llamar al ayuntamiento o venir un sábado."
)


def test_it_is_written_in_spanish(works: Works, ana: Person, monkeypatch: pytest.MonkeyPatch) -> None:
    works.change(monkeypatch, catalog=Catalog())
    job = works.begin(ana, kind="summarise", document=works.shelf.save(ANA, "El huerto", SPANISH))
    told = works.finish(ana, job)
    assert (told["state"], told["reason"], told["params"]["model"]) == ("done", None, CHAT.id)
    summary = works.shelf.documents[works.report(ana, job)[0]["result"]]
    assert summary["title"] == "Resumen de El huerto"
    assert detect(summary["body"].partition("\n\n*")[0]).code == "es"
    assert ana.usage()["day"]["used"] > 50
