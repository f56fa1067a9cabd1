"""The journey of tests/journey and tests/browser, the same tests, through the published port: MySQL, in containers."""

from tests.browser.conftest import browser, open_page
from tests.browser.test_journey import (
    test_a_person_who_waits_is_told_so,
    test_a_session_that_ends_while_typing_loses_no_text,
    test_from_the_landing_page_to_the_documents_and_out_again,
    test_two_windows_conflict_and_nothing_is_lost,
)
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
    "browser",
    "open_page",
    "test_a_member_saves_finds_changes_and_deletes",
    "test_a_person_who_waits_is_told_so",
    "test_a_session_that_ends_while_typing_loses_no_text",
    "test_a_visitor_tries_the_samples",
    "test_authenticated_is_not_authorised",
    "test_from_the_landing_page_to_the_documents_and_out_again",
    "test_one_persons_documents_do_not_exist_for_another",
    "test_signing_in_again_makes_a_new_session_and_ends_the_old_one",
    "test_signing_out_ends_it_everywhere",
    "test_the_cookie_is_what_it_should_be",
    "test_two_windows_conflict_and_nothing_is_lost",
]
