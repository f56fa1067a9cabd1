"""The journey of tests/journey, the same tests, through the published port: here on MySQL, in containers."""

from tests.journey.test_one_sign_in import (
    test_a_member_saves_finds_changes_and_deletes,
    test_a_visitor_tries_the_samples,
    test_authenticated_is_not_authorised,
    test_one_persons_documents_do_not_exist_for_another,
    test_signing_in_again_makes_a_new_session_and_ends_the_old_one,
    test_signing_out_ends_it_everywhere,
    test_the_cookie_is_what_it_should_be,
)

__all__ = [
    "test_a_member_saves_finds_changes_and_deletes",
    "test_a_visitor_tries_the_samples",
    "test_authenticated_is_not_authorised",
    "test_one_persons_documents_do_not_exist_for_another",
    "test_signing_in_again_makes_a_new_session_and_ends_the_old_one",
    "test_signing_out_ends_it_everywhere",
    "test_the_cookie_is_what_it_should_be",
]
