"""ETag, If-Match, If-None-Match (RFC 9110, section 13.1), and two people who save at once."""

from concurrent.futures import ThreadPoolExecutor

import pytest

from documents.tests.people import Person, read

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
