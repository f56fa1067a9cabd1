"""The samples: for everybody whom the gateway has identified, found by the same search."""

from apiflask import APIFlask

from documents.library import service as library
from documents.samples import service as samples
from documents.search.snippets import excerpt
from documents.tests.people import Person, read
from servicekit.database import Database
from servicekit.ids import is_id


def test_visitors_and_people_see_all_samples(visitor: Person, ana: Person) -> None:
    page = read(visitor.get("/samples"))
    assert page == read(ana.get("/samples"))
    assert [item["title"] for item in page["items"]] == [sample.draft.title for sample in samples.files()]
    assert set(page["items"][0]) == {"id", "title", "excerpt", "tags", "locale"}
    assert page["next"] is None


def test_without_any_identity_it_is_401(nobody: Person) -> None:
    assert [nobody.get(f"/samples{path}").status_code for path in ("", "/search?q=x")] == [401, 401]


def test_there_are_samples_in_both_languages() -> None:
    files = samples.files()
    assert {sample.locale for sample in files} == {"es", "en"}
    assert len({sample.id for sample in files}) == len(files) >= 10
    assert all(is_id(sample.id) and sample.draft.tags and len(sample.draft.body) > 200 for sample in files)


def test_samples_are_searched_like_documents(visitor: Person) -> None:
    assert visitor.titles("/samples/search", q="jerez tomate")[0] == "Gazpacho andaluz"
    hit = read(visitor.get("/samples/search?q=cadiz"))["items"][0]
    assert (hit["title"], hit["locale"]) == ("A letter from Cádiz", "en")
    assert visitor.titles("/samples/search", q="!!!") == []


def test_a_sample_can_be_read(visitor: Person) -> None:
    for item in read(visitor.get("/samples"))["items"]:
        sample = read(visitor.get(f"/samples/{item['id']}"))
        assert excerpt(sample["body"]) == item["excerpt"]
        assert (sample["title"], sample["locale"]) == (item["title"], item["locale"])


def test_samples_and_documents_do_not_mix(visitor: Person, ana: Person) -> None:
    document = ana.save("Gazpacho de Ana", "tomates")
    assert ana.search("gazpacho") == ["Gazpacho de Ana"]
    assert "Gazpacho de Ana" not in visitor.titles("/samples/search", q="gazpacho")
    assert visitor.get(f"/samples/{document}").status_code == 404


def test_loading_again_changes_nothing_and_repairs_what_differs(app: APIFlask, visitor: Person) -> None:
    database: Database = app.extensions["database"]
    before = read(visitor.get("/samples"))
    changed, removed, *_ = samples.files()
    edited = changed.draft.model_copy(update={"title": "Edited"})
    words = library.words_of(edited)
    with database.write() as session:
        library.replace(session, samples.OWNER, changed.id, edited, words, None)
        library.remove(session, samples.OWNER, removed.id)
        library.create(session, samples.OWNER, edited, words, locale="en")
    for _ in range(2):
        with database.write() as session:
            samples.load(session)
        after = read(visitor.get("/samples"))
        assert sorted(after["items"], key=str) == sorted(before["items"], key=str)
