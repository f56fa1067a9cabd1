"""Full-text search: the same words find the same documents on both databases."""

import pytest

from documents.tests.people import Person, read


@pytest.fixture
def library(ana: Person) -> Person:
    ana.save(
        "Gazpacho andaluz", "Tritura los tomates con el *pimiento*. Sirve muy frío.", ("receta", "verano")
    )
    ana.save("Letter from Cádiz", "The levante has been blowing for three days. José writes.", ("travel",))
    ana.save("Who is it?", "AI and Go, to be or not to be smørrebrød. It costs 100% of 5 €.", ("C++",))
    ana.save("Письмо", "Москва, ночь 🍅 東京", ())
    return ana


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("tomates", "Gazpacho andaluz"),
        ("TOMATES frio", "Gazpacho andaluz"),
        ("frio tomates", "Gazpacho andaluz"),
        ("frío", "Gazpacho andaluz"),
        ("fri\u0301o", "Gazpacho andaluz"),
        ("cadiz", "Letter from Cádiz"),
        ("jose", "Letter from Cádiz"),
        ("travel", "Letter from Cádiz"),
        ("receta", "Gazpacho andaluz"),
        ("tomates rec", "Gazpacho andaluz"),
        ("leva", "Letter from Cádiz"),
        ("levante blowing the", "Letter from Cádiz"),
        ("go ai", "Who is it?"),
        ("who", "Who is it?"),
        ("to be or not to be", "Who is it?"),
        ("c++ who", "Who is it?"),
        ("100%", "Who is it?"),
        ("5 €", "Who is it?"),
        ("письмо", "Письмо"),
        ("МОСКВА", "Письмо"),
        ("моск", "Письмо"),
        ("東京", "Письмо"),
        ("東", "Письмо"),
        ("sm", "Who is it?"),
        ("smørre", "Who is it?"),
    ],
)
def test_words_are_found(library: Person, query: str, found: str) -> None:
    assert library.search(query) == [found]


@pytest.mark.parametrize("query", ["tomates levante", "omates", "tomate frio", "zz", "x", "zzgazpacho", "z"])
def test_every_word_must_be_there_and_only_the_last_may_be_unfinished(library: Person, query: str) -> None:
    assert library.search(query) == []


@pytest.mark.parametrize(
    "query",
    ["", " ", "!!!", '"', '""', "*", "%", "_", "'", "\\", "+", "-", "~", "<", ">", "@", "()", "🍅", "\0", "\x1b",
     "€ $ %", "\ufeff", "\u0301", "؟"],
)  # fmt: skip
def test_a_search_without_words_finds_nothing(library: Person, query: str) -> None:
    assert library.search(query) == []


@pytest.mark.parametrize(
    "query",
    ['"tomates"', "tomates*", "+tomates", "(tomates)", "-tomates", "tomates'", "title:tomates -x", "tomates AND frio",
     "tomates NOT frio", "NEAR(tomates frio)", "tomates OR levante", "{tomates} : frio", "^tomates", "tomates@2"],
)  # fmt: skip
def test_what_a_person_types_is_never_syntax(library: Person, query: str) -> None:
    words = {"x", "AND", "NOT", "NEAR", "OR", "title", "2"}
    expected = [] if any(word in query for word in words) else ["Gazpacho andaluz"]
    assert library.search(query) == expected


def test_titles_and_tags_weigh_more_than_the_text(ana: Person) -> None:
    ana.save("Tagged", "nothing else", ("saffron",))
    ana.save("Often", "saffron " * 40)
    ana.save("Saffron", "nothing else")
    for number in range(5):
        ana.save(f"Other {number}", "pepper")
    assert set(ana.search("saffron")[:2]) == {"Tagged", "Saffron"}
    assert ana.search("saffron")[2:] == ["Often"]


def test_more_matches_rank_higher(ana: Person) -> None:
    filler = "and so on " * 20
    ana.save("Once", f"saffron {filler}")
    ana.save("Often", f"{'saffron ' * 10} {filler}")
    ana.save("Never", filler)
    assert ana.search("saffron") == ["Often", "Once"]


def test_a_changed_document_is_found_by_its_new_words(library: Person) -> None:
    document = read(library.get("/search?q=gazpacho"))["items"][0]["id"]
    library.put(f"/{document}", json={"title": "Salmorejo", "body": "pan"}, if_match="*")
    assert library.search("gazpacho") == library.search("verano") == library.search("tomates") == []
    assert library.search("salmorejo pan") == ["Salmorejo"]


def test_results_come_in_pages(ana: Person) -> None:
    for number in range(5):
        ana.save(f"saffron {number}")
    first = read(ana.get("/search", query_string={"q": "saffron", "limit": 3}))
    second = read(ana.get("/search", query_string={"q": "saffron", "limit": 3, "cursor": first["next"]}))
    assert (len(first["items"]), len(second["items"]), second["next"]) == (3, 2, None)
    assert len({item["id"] for item in first["items"] + second["items"]}) == 5


def test_very_long_words_are_found_by_their_beginning(ana: Person) -> None:
    ana.save("Long", "ñ" * 1000 + " " + "x" * 1000)
    assert ana.search("x" * 150) == ana.search("ñ" * 90) == ["Long"]


def test_the_snippet_shows_what_matched(library: Person) -> None:
    hit = read(library.get("/search", query_string={"q": "pimiento fri"}))["items"][0]
    assert [part["text"] for part in hit["snippet"] if part["match"]] == ["pimiento", "frío"]
    assert "".join(part["text"] for part in hit["snippet"]) == (
        "Tritura los tomates con el pimiento. Sirve muy frío."
    )


def test_a_match_in_the_title_alone_shows_how_the_text_begins(library: Person) -> None:
    hit = read(library.get("/search", query_string={"q": "gazpacho"}))["items"][0]
    assert hit["snippet"][0] == {
        "text": "Tritura los tomates con el pimiento. Sirve muy frío.",
        "match": False,
    }
