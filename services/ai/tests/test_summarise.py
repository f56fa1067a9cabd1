"""Summaries of long documents: every part is read, the budget holds, and the result is saved once."""

import threading
from typing import Any

import pytest

from ai.budgets import account
from ai.budgets.models import Budget
from ai.budgets.service import Held, Used
from ai.jobs import document
from ai.jobs.summarise import plan
from ai.models.catalog import CHAT
from ai.tests.people import ANA, Person, read
from ai.tests.upstreams import FakeUpstream
from ai.tests.working import MAY, Works
from ai.worker import indexing
from servicekit.events.figures import Figures
from servicekit.identity import Identity
from servicekit.jobs import JobFailed
from servicekit.problems import Unavailable
from tests.support.waiting import until

WORDS = "The committee met on Tuesday and spoke about the garden, paragraph number {}, until it was late."
LONG = "\n\n".join(WORDS.format(number) * 4 for number in range(120))


def give(works: Works, day: int) -> None:
    """A budget for Ana."""
    with works.database.write() as tx:
        tx.merge(Budget(scope="person", name=ANA, day=day, month=100_000))


def reserved(works: Works, tokens: int) -> Held:
    return account.reserve(works.parts, Identity(ANA, MAY), "roomy", tokens)


def test_all_of_a_long_document_is_read_and_its_summary_is_a_new_document(works: Works, ana: Person) -> None:
    source = works.shelf.save(ANA, "Minutes", LONG, ("work",))
    job = works.begin(ana, kind="summarise", document=source, model="roomy")
    told = works.finish(ana, job)
    assert (told["state"], told["reason"], told["done"]) == ("done", None, told["total"])
    assert told["total"] > 4
    (line,) = works.report(ana, job)
    summary = works.shelf.documents[line["result"]]
    assert (summary["title"], summary["tags"]) == ("Summary of Minutes", ("work",))
    assert "Said of: Minutes" in summary["body"]
    assert f"](/app/documents/{source})" in summary["body"]
    assert [each["title"] for each in works.shelf.of(ANA)] == ["Minutes", "Summary of Minutes"]


def test_each_part_is_asked_about_once_and_all_of_the_text_is_in_one_of_them(
    works: Works, ana: Person, upstream: FakeUpstream
) -> None:
    before = len(upstream.seen("echoes"))
    job = works.begin(ana, kind="summarise", document=works.shelf.save(ANA, "Minutes", LONG), model="roomy")
    works.finish(ana, job)
    asked = [seen["body"]["messages"][-1]["content"] for seen in upstream.seen("echoes")[before:]]
    texts = "".join(asked)
    assert all(texts.count(WORDS.format(number) + WORDS[:3]) >= 1 for number in range(120))
    assert read(ana.get(f"/jobs/{job}"))["total"] == len(asked) + 1
    assert len(set(asked)) == len(asked)


def test_a_plan_reads_everything_and_comes_to_one_answer() -> None:
    for paragraphs in (1, 7, 40, 333):
        body = "\n\n".join(WORDS.format(number) * 5 for number in range(paragraphs))
        planned = plan(body, CHAT)
        answers: list[str] = []
        for call in range(planned.calls):
            answers.append(
                "+".join(planned.read_by(call, answers)) if call >= len(planned.parts) else f"p{call}"
            )
        assert sorted(answers[-1].split("+")) == sorted(f"p{number}" for number in range(len(planned.parts)))
        assert "".join("".join(planned.parts).split()) == "".join(body.split())
        assert max(len(part.encode()) for part in planned.parts) < CHAT.context


def test_it_is_written_in_the_language_of_the_document(
    works: Works, ana: Person, upstream: FakeUpstream
) -> None:
    text = "El jardín de la casa está lleno de rosas y la familia lo riega cada tarde de verano."
    job = works.begin(ana, kind="summarise", document=works.shelf.save(ANA, "El jardín", text), model="roomy")
    works.finish(ana, job)
    assert "Spanish" in upstream.seen("echoes")[-1]["body"]["messages"][0]["content"]
    assert "Resumen de El jardín" in [each["title"] for each in works.shelf.of(ANA)]


def test_what_is_used_is_counted_to_the_token(works: Works, ana: Person) -> None:
    job = works.begin(ana, kind="summarise", document=works.shelf.save(ANA, "Minutes", LONG), model="roomy")
    told = works.finish(ana, job)
    usage = ana.usage()
    assert (
        usage["day"]["used"] == (told["total"] - 1) * 12
    )  # 7 of question and 5 of answer, as this model counts
    assert usage["day"]["reserved"] == 0


def test_a_budget_that_is_used_up_ends_it_and_says_when_there_is_more(works: Works, ana: Person) -> None:
    give(works, 9_000)
    works.parts.keeper.settle(reserved(works, 3_000), Used("roomy", 2_000, 1_000))
    job = works.begin(
        ana, kind="summarise", document=works.shelf.save(ANA, "Minutes", LONG[:7000]), model="roomy"
    )
    told = works.finish(ana, job)
    assert (told["state"], told["reason"]["code"]) == ("failed", "budget_used_up")
    assert "00:00 UTC" in told["reason"]["detail"]
    day = ana.usage()["day"]
    assert (day["used"], day["reserved"], day["left"]) == (3_000, 0, 6_000)
    give(works, 5_000)
    small = works.begin(ana, kind="summarise", document=works.shelf.save(ANA, "Minutes", LONG), model="roomy")
    assert works.finish(ana, small)["reason"]["code"] == "budget_too_small"
    assert len(works.shelf.of(ANA)) == 2


def test_what_a_job_is_refused_is_among_the_figures_of_the_worker(works: Works, ana: Person) -> None:
    figures, stopping = Figures(), threading.Event()
    for make in indexing(works.database, works.parts):
        make(figures, stopping)
    labels = {"whose": "person", "budget": "day"}
    before = figures.registry.get_sample_value("ai_budget_refusals_total", labels) or 0.0
    give(works, 10)
    job = works.begin(ana, kind="summarise", document=works.shelf.save(ANA, "Minutes", LONG), model="roomy")
    assert works.finish(ana, job)["state"] == "failed"
    assert figures.registry.get_sample_value("ai_budget_refusals_total", labels) == before + 1


def test_a_budget_that_is_only_reserved_is_waited_for(
    works: Works, ana: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    give(works, 9_500)
    job = works.begin(
        ana, kind="summarise", document=works.shelf.save(ANA, "Minutes", LONG[:7000]), model="roomy"
    )
    held = reserved(works, 5_000)
    works.step()
    assert read(ana.get(f"/jobs/{job}"))["state"] == "running"
    works.parts.keeper.settle(held, None)
    works.hurry(job)
    assert works.finish(ana, job)["state"] == "done"


def test_killed_after_saving_it_saves_nothing_twice(
    works: Works, ana: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    source = works.shelf.save(ANA, "Minutes", LONG)
    job = works.begin(ana, kind="summarise", document=source, model="roomy")
    saved = document.saved

    def killed(*args: Any) -> Any:
        saved(*args)
        raise KeyboardInterrupt

    monkeypatch.setattr(document, "saved", killed)
    with pytest.raises(KeyboardInterrupt):
        works.step(100)
    assert len(works.shelf.of(ANA)) == 2
    monkeypatch.setattr(document, "saved", saved)
    works.hurry(job)
    assert works.finish(ana, job)["state"] == "done"
    assert len(works.shelf.of(ANA)) == 2
    assert works.report(ana, job)[0]["result"] in works.shelf.documents


def test_cancelled_while_the_model_answers_the_model_is_told_within_two_seconds(
    works: Works, ana: Person, upstream: FakeUpstream
) -> None:
    job = works.begin(
        ana, kind="summarise", document=works.shelf.save(ANA, "M", LONG[:500]), model="silent-long"
    )
    before, asked = upstream.broken_off("silent"), len(upstream.seen("silent"))
    with works.at_work():
        until(lambda: len(upstream.seen("silent")) > asked)
        assert ana.call("DELETE", f"/jobs/{job}").status_code == 204
        until(lambda: upstream.broken_off("silent") > before)
    assert read(ana.get(f"/jobs/{job}"))["state"] == "cancelled"
    assert len(works.shelf.of(ANA)) == 1
    assert ana.usage()["day"]["reserved"] == 0


def test_suspended_while_the_model_answers_nothing_more_is_done(
    works: Works, ana: Person, upstream: FakeUpstream
) -> None:
    job = works.begin(
        ana, kind="summarise", document=works.shelf.save(ANA, "M", LONG[:500]), model="silent-long"
    )
    before, asked = upstream.broken_off("silent"), len(upstream.seen("silent"))
    with works.at_work():
        until(lambda: len(upstream.seen("silent")) > asked)

        def nobody(_: Any) -> Identity:
            raise JobFailed("ended", "Nobody may act for you any more.")

        works.ask_for = nobody
        until(lambda: upstream.broken_off("silent") > before)
    told = read(ana.get(f"/jobs/{job}"))
    assert (told["state"], told["reason"]["code"]) == ("failed", "ended")
    assert len(works.shelf.of(ANA)) == 1


@pytest.mark.parametrize(
    ("model", "code"),
    [("garbage", "model_failed"), ("status-400", "model_refuses"), ("tight", "model_too_small")],
)
def test_a_model_that_cannot_ends_it_plainly(works: Works, ana: Person, model: str, code: str) -> None:
    job = works.begin(ana, kind="summarise", document=works.shelf.save(ANA, "M", LONG[:500]), model=model)
    told = works.finish(ana, job)
    assert (told["state"], told["reason"]["code"]) == ("failed", code)


def test_a_model_that_is_away_is_waited_for(works: Works, ana: Person) -> None:
    job = works.begin(
        ana, kind="summarise", document=works.shelf.save(ANA, "M", LONG[:500]), model="status-500"
    )
    works.step()
    told = read(ana.get(f"/jobs/{job}"))
    assert (told["state"], told["reason"]) == ("running", None)


def test_what_is_deleted_meanwhile_has_no_summary(works: Works, ana: Person) -> None:
    source = works.shelf.save(ANA, "Minutes", LONG)
    job = works.begin(ana, kind="summarise", document=source, model="roomy")
    del works.shelf.documents[source]
    assert works.finish(ana, job)["reason"]["code"] == "document_gone"
    assert works.shelf.of(ANA) == []


def test_a_right_that_is_lost_meanwhile_ends_it(works: Works, ana: Person) -> None:
    job = works.begin(ana, kind="summarise", document=works.shelf.save(ANA, "M", LONG), model="roomy")
    works.ask_for = lambda leased: Identity(leased.owner, MAY - {"documents:write"})
    assert works.finish(ana, job)["reason"]["code"] == "forbidden"


def test_documents_that_is_away_is_waited_for(works: Works, ana: Person) -> None:
    job = works.begin(ana, kind="summarise", document=works.shelf.save(ANA, "M", LONG[:500]), model="roomy")

    def away(_: str) -> None:
        raise Unavailable

    works.shelf.before_put = away
    works.step()
    assert read(ana.get(f"/jobs/{job}"))["state"] == "running"
    works.shelf.before_put = lambda _: None
    works.hurry(job)
    assert works.finish(ana, job)["state"] == "done"
