"""Credentials for programs: what they look like."""

import re

import pytest

from backend.opaque import ACCESS_TOKEN, PROGRAM_ACCESS, kind_of, new_credential


def test_a_credential_tells_what_it_is_and_no_two_are_the_same() -> None:
    made = {new_credential(ACCESS_TOKEN) for _ in range(100)}
    assert len(made) == 100
    assert all(re.fullmatch(r"zgn_[0-9A-Za-z]{44}", text) for text in made)
    assert {kind_of(text) for text in made} == {ACCESS_TOKEN}
    assert kind_of(new_credential(PROGRAM_ACCESS)) == PROGRAM_ACCESS


@pytest.mark.parametrize("where", [4, 20, 41, 43, 47])
def test_a_typing_mistake_is_seen_without_the_database(where: int) -> None:
    text = new_credential(ACCESS_TOKEN)
    other = "a" if text[where] != "a" else "b"
    assert kind_of(text[:where] + other + text[where + 1 :]) is None


@pytest.mark.parametrize("text", ["", "zgn_", "zgn_" + "a" * 44, "zgx_" + "a" * 44])
def test_what_is_none_of_ours(text: str) -> None:
    assert kind_of(text) is None
    assert kind_of(new_credential(ACCESS_TOKEN) + "\n") is None


def test_another_kind_is_not_made_by_another_prefix() -> None:
    assert kind_of(new_credential(ACCESS_TOKEN).replace("zgn", "zga", 1)) is None
