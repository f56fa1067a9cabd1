"""Whatever is written or asked, the answer is right or a refusal, never a failure."""

from typing import Any

from apiflask import APIFlask
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from documents.tests.people import ANA, Person, read
from servicekit.testing import Issuer

BOUNDED = settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
TEXT = st.text(st.characters(exclude_categories=["Cs"]))
NASTY = st.sampled_from([*"\"'*+-~<>@()%_\\\0\n\u202e\ufeff\u0301🍅ñß", "AND", "NOT", "NEAR(", "zz", "the"])
QUERY = st.lists(st.one_of(NASTY, TEXT), max_size=8).map("".join).map(lambda text: text[:200])
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | TEXT,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(TEXT, inner, max_size=3),
    max_leaves=8,
)


@BOUNDED
@given(title=TEXT, body=TEXT, tags=st.lists(TEXT, max_size=22))
def test_any_text_is_kept_as_it_is_or_refused(
    app: APIFlask, issuer: Issuer, title: str, body: str, tags: list[str]
) -> None:
    ana = Person(app, issuer, ANA)
    answer = ana.post(json={"title": title, "body": body, "tags": tags})
    assert answer.status_code in {201, 422}, answer.text
    if answer.status_code == 201:
        document = read(ana.get(answer.headers["Location"].removeprefix("/api/documents")))
        assert (document["title"], document["body"]) == (title.strip(), body)
        assert {tag.casefold() for tag in document["tags"]} <= {tag.strip().casefold() for tag in tags}
        for tag in document["tags"]:
            assert document["title"] in ana.titles(tag=tag, limit=100)
        assert "\0" not in body


@BOUNDED
@given(
    st.dictionaries(st.sampled_from(["title", "body", "tags", "owner", ""]) | TEXT, VALUES, max_size=4)
    | VALUES
)
def test_any_json_is_saved_or_refused(app: APIFlask, issuer: Issuer, draft: Any) -> None:
    answer = Person(app, issuer, ANA).post(json=draft)
    assert answer.status_code in {201, 415, 422}, answer.text
    assert (answer.status_code == 415) == (draft is None)


@BOUNDED
@given(QUERY)
def test_any_search_is_answered(app: APIFlask, issuer: Issuer, query: str) -> None:
    ana = Person(app, issuer, ANA)
    for path in ("/search", "/samples/search"):
        assert ana.get(path, query_string={"q": query}).status_code == 200
    assert ana.get(query_string={"tag": query[:50]}).status_code == 200


@BOUNDED
@given(TEXT, TEXT)
def test_any_parameter_is_answered(app: APIFlask, issuer: Issuer, limit: str, cursor: str) -> None:
    ana = Person(app, issuer, ANA)
    assert ana.get(query_string={"limit": limit}).status_code in {200, 422}
    assert ana.get(query_string={"cursor": cursor}).status_code == 422


@BOUNDED
@given(st.text(st.characters(max_codepoint=255, exclude_characters="\r\n")))
def test_any_condition_is_answered(app: APIFlask, issuer: Issuer, condition: str) -> None:
    ana = Person(app, issuer, ANA)
    document = ana.save()
    assert ana.get(f"/{document}", if_none_match=condition).status_code in {200, 304, 400}
    assert ana.put(f"/{document}", json={"title": "T"}, if_match=condition).status_code in {200, 400, 412}
