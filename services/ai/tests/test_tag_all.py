"""Tags for all documents: the sure ones, saved with the version that was read, once."""

from typing import Any

import pytest

from ai.jobs import tag
from ai.tags.suggesting import Asked, Suggestion
from ai.tests.people import ANA, BEA, Person, read
from ai.tests.working import Works


class Sure:
    """Suggests what the text says after `tags:`, with its score."""

    name = "sure/1"

    def suggest(self, _session: Any, asked: Asked, _most: int) -> list[Suggestion]:
        wanted = [word.partition("=") for word in asked.body.partition("tags:")[2].split()]
        return [
            Suggestion(name, "own", float(score or 1)) for name, _, score in wanted if name not in asked.has
        ]


@pytest.fixture(autouse=True)
def _sure(works: Works, monkeypatch: pytest.MonkeyPatch) -> None:
    works.change(monkeypatch, suggester=Sure())


def tags(works: Works, document: str) -> list[str]:
    return list(works.shelf.documents[document]["tags"])


def test_sure_tags_are_added_and_the_report_says_which(works: Works, ana: Person) -> None:
    some = works.shelf.save(ANA, "A", "tags: garden roses=0.9 doubtful=0.3", ("mine",))
    none = works.shelf.save(ANA, "B", "nothing", ("mine",))
    hers = works.shelf.save(BEA, "Bea's", "tags: garden")
    job = works.begin(ana, kind="tag")
    told = works.finish(ana, job)
    assert (told["state"], told["done"], told["total"]) == ("done", 2, 2)
    assert (tags(works, some), tags(works, none), tags(works, hers)) == (
        ["mine", "garden", "roses"],
        ["mine"],
        [],
    )
    assert [
        (line["subject"], line["outcome"], line["code"], line["detail"], line["result"])
        for line in works.report(ana, job)
    ] == [
        ("A", "succeeded", "tags_added", "garden, roses", some),
        ("B", "left_out", "no_tags", "No suggested tag is sure enough.", none),
    ]


def test_never_more_tags_than_a_document_may_have(works: Works, ana: Person) -> None:
    full = works.shelf.save(ANA, "A", "tags: a b c", tuple(f"t{number}" for number in range(19)))
    works.finish(ana, works.begin(ana, kind="tag"))
    assert tags(works, full)[19:] == ["a"]


def test_who_saves_meanwhile_loses_nothing(works: Works, ana: Person) -> None:
    document = works.shelf.save(ANA, "A", "tags: garden")

    def saved_meanwhile(_: str) -> None:
        works.shelf.before_put = lambda _: None
        works.shelf.documents[document] |= {"body": "New text. tags: roses", "version": 2}

    works.shelf.before_put = saved_meanwhile
    job = works.begin(ana, kind="tag")
    works.finish(ana, job)
    assert works.shelf.documents[document]["body"] == "New text. tags: roses"
    assert tags(works, document) == ["roses"]
    assert works.report(ana, job)[0]["detail"] == "roses"


def test_who_saves_again_and_again_is_told_of(works: Works, ana: Person) -> None:
    document = works.shelf.save(ANA, "A", "tags: garden")

    def saved_meanwhile(_: str) -> None:
        works.shelf.documents[document]["version"] += 1

    works.shelf.before_put = saved_meanwhile
    job = works.begin(ana, kind="tag")
    works.finish(ana, job)
    (line,) = works.report(ana, job)
    assert (line["outcome"], line["code"], tags(works, document)) == ("failed", "changed_meanwhile", [])


def test_deleted_meanwhile(works: Works, ana: Person) -> None:
    document = works.shelf.save(ANA, "A", "tags: garden")

    def deleted(each: str) -> None:
        del works.shelf.documents[each]

    works.shelf.before_put = deleted
    job = works.begin(ana, kind="tag")
    works.finish(ana, job)
    assert [line["code"] for line in works.report(ana, job)] == ["document_gone"]
    assert document not in works.shelf.documents


def test_killed_after_saving_the_report_still_tells_what_was_added(
    works: Works, ana: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    document = works.shelf.save(ANA, "A", "tags: garden")
    put = tag._put

    def killed(*args: Any) -> bool:
        put(*args)
        raise KeyboardInterrupt

    monkeypatch.setattr(tag, "_put", killed)
    job = works.begin(ana, kind="tag")
    with pytest.raises(KeyboardInterrupt):
        works.step()
    monkeypatch.setattr(tag, "_put", put)
    works.hurry(job)
    assert works.finish(ana, job)["state"] == "done"
    assert [line["detail"] for line in works.report(ana, job)] == ["garden"]
    assert (tags(works, document), works.shelf.puts) == (["garden"], [document])


def test_cancelled_nothing_more_is_added(works: Works, ana: Person, monkeypatch: pytest.MonkeyPatch) -> None:
    """What is in hand is saved: one document, where each is a step."""
    monkeypatch.setattr("servicekit.jobs.job.LONGEST_STEP", 0.0)
    documents = [works.shelf.save(ANA, str(number), "tags: garden") for number in range(5)]
    job = works.begin(ana, kind="tag")

    def cancelled(_: str) -> None:
        ana.call("DELETE", f"/jobs/{job}")

    works.shelf.before_put = cancelled
    works.step(3)
    assert read(ana.get(f"/jobs/{job}"))["state"] == "cancelled"
    assert sum(bool(tags(works, document)) for document in documents) < 5
