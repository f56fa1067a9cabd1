"""ETag, If-Match, If-None-Match (RFC 9110, section 13.1), and two people who save at once."""

from concurrent.futures import ThreadPoolExecutor

import pytest

from documents.tests.people import Person, read
from servicekit.ids import new_id

DRAFT = {"title": "Changed"}


def test_replacing_without_if_match_is_428(ana: Person) -> None:
    answer = ana.put(f"/{ana.save()}", json=DRAFT)
    assert (answer.status_code, read(answer)["type"]) == (428, "/docs/errors/precondition-required")


@pytest.mark.parametrize("condition", ['"1"', '"7", "1"', '"1" ,"9"', ', "1",', "*", ' "1" ', '"other", "1"'])
def test_conditions_that_hold(ana: Person, condition: str) -> None:
    assert ana.put(f"/{ana.save()}", json=DRAFT, if_match=condition).status_code == 200
    assert ana.delete(f"/{ana.save()}", if_match=condition).status_code == 204


@pytest.mark.parametrize(
    "condition", ['"2"', 'W/"1"', '"0"', '"01"', '""', '"-1"', '"99999999999999999999"', '"*"', '"2","3"']
)
def test_conditions_that_do_not_hold_are_412_and_change_nothing(ana: Person, condition: str) -> None:
    document = ana.save()
    answers = [ana.put(f"/{document}", json=DRAFT, if_match=condition)]
    answers.append(ana.delete(f"/{document}", if_match=condition))
    assert [answer.status_code for answer in answers] == [412, 412]
    assert read(answers[0])["type"] == "/docs/errors/changed-meanwhile"
    kept = ana.get(f"/{document}")
    assert (read(kept)["title"], kept.headers["ETag"]) == ("Title", '"1"')


@pytest.mark.parametrize("condition", ["1", '"1 "', '"1', '1"', '"1" "2"', '*, "1"', "w/1", '"a"b"', ","])
def test_what_is_no_condition_is_400(ana: Person, condition: str) -> None:
    assert ana.put(f"/{ana.save()}", json=DRAFT, if_match=condition).status_code == 400


@pytest.mark.parametrize("known", ['"1"', 'W/"1"', '"9", "1"', "*"])
def test_a_known_version_is_not_sent_again(ana: Person, known: str) -> None:
    answer = ana.get(f"/{ana.save()}", if_none_match=known)
    assert (answer.status_code, answer.headers["ETag"], answer.data) == (304, '"1"', b"")


@pytest.mark.parametrize("known", ['"2"', 'W/"2"', '"other"'])
def test_another_version_is_sent(ana: Person, known: str) -> None:
    assert ana.get(f"/{ana.save()}", if_none_match=known).status_code == 200


def test_of_many_who_save_the_same_version_one_wins(ana: Person) -> None:
    document = ana.save()

    def put(number: int) -> int:
        return ana.put(f"/{document}", json={"title": f"By {number}"}, if_match='"1"').status_code

    with ThreadPoolExecutor(8) as threads:
        codes = sorted(threads.map(put, range(16)))
    assert codes == [200] + [412] * 15
    assert ana.get(f"/{document}").headers["ETag"] == '"2"'


def test_saving_whatever_is_there_always_wins(ana: Person) -> None:
    document = ana.save()

    def put(number: int) -> int:
        tags = [f"tag {number}", "all"]
        return ana.put(f"/{document}", json={"title": "T", "tags": tags}, if_match="*").status_code

    with ThreadPoolExecutor(8) as threads:
        assert list(threads.map(put, range(16))) == [200] * 16
    kept = ana.get(f"/{document}")
    assert (kept.headers["ETag"], len(read(kept)["tags"])) == ('"17"', 2)
    assert ana.titles("/search", q="all") == ["T"]


def test_a_document_under_an_id_of_ones_own_making_is_saved_once(ana: Person, bea: Person) -> None:
    document = new_id()
    made = ana.put(f"/{document}", json=DRAFT, if_none_match="*")
    assert (made.status_code, made.headers["ETag"]) == (201, '"1"')
    assert (read(made)["id"], made.headers["Location"]) == (document, f"/api/documents/{document}")
    again = ana.put(f"/{document}", json={"title": "Again"}, if_none_match="*")
    others = bea.put(f"/{document}", json={"title": "Bea's"}, if_none_match="*")
    assert (again.status_code, others.status_code) == (412, 404)
    assert read(ana.get(f"/{document}"))["title"] == "Changed"
    assert (ana.titles(), bea.titles()) == (["Changed"], [])
    assert ana.search("Changed") == ["Changed"]


def test_of_many_who_save_under_one_id_at_once_one_does(ana: Person) -> None:
    document = new_id()
    with ThreadPoolExecutor(6) as pool:
        answers = list(
            pool.map(lambda _: ana.put(f"/{document}", json=DRAFT, if_none_match="*").status_code, range(6))
        )
    assert sorted(answers) == [201, *[412] * 5]


@pytest.mark.parametrize("document", ["x", "00000000-0000-4000-8000-000000000000", "ñ"])
def test_what_is_no_id_of_ours_is_nothing_to_save_under(ana: Person, document: str) -> None:
    assert ana.put(f"/{document}", json=DRAFT, if_none_match="*").status_code == 404


@pytest.mark.parametrize("condition", ['"1"', 'W/"1"', '"*"'])
def test_other_versions_that_are_known_are_no_wish_for_a_new_document(ana: Person, condition: str) -> None:
    assert ana.put(f"/{new_id()}", json=DRAFT, if_none_match=condition).status_code == 428
