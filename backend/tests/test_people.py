"""Who is who, and who is let in."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import func, select

from backend.context import Backend
from backend.people import service as people
from backend.people.models import ACTIVE, PENDING, SUSPENDED, User
from backend.people.service import Profile, SignUp
from backend.sessions.models import BrowserSession
from backend.tests.conftest import HERE, NOBODY, enter, entries, user_of
from servicekit.ids import new_id

ISSUER = "https://issuer.example"
ADMINS = frozenset({"boss@example.com"})


@pytest.mark.parametrize(
    ("rule", "email", "verified", "hosted", "role"),
    [
        ("invite", "ana@example.com", True, "example.com", None),
        ("open", "ana@example.com", True, None, "member"),
        ("open", "ana@example.com", False, None, None),
        ("open", None, True, None, None),
        ("domain:example.com", "ana@example.com", True, "example.com", "member"),
        ("domain:example.com", "ana@example.com", True, None, None),
        ("domain:example.com", "ana@example.com", False, "example.com", None),
        ("domain:example.com", "ana@other.example", True, "other.example", None),
        ("invite", "boss@example.com", True, None, "admin"),
        ("invite", "boss@example.com", False, None, None),
        ("open", "boss@example.com.evil.example", True, None, "member"),
    ],
)
def test_the_first_sign_in(
    rule: str, email: str | None, verified: bool, hosted: str | None, role: str | None
) -> None:
    profile = Profile(ISSUER, "s", email, verified, hosted)
    assert SignUp(rule, ADMINS).role_of(profile) == role


def test_a_person_is_issuer_and_subject_whatever_the_email(parts: Backend) -> None:
    subject, open_to_all = new_id(), SignUp("open", frozenset())
    with parts.database.write() as tx:
        first = people.recognise(tx, Profile(ISSUER, subject, "a@example.com", True), open_to_all, HERE)
    with parts.database.write() as tx:
        again = people.recognise(tx, Profile(ISSUER, subject, "b@example.com", True), open_to_all, HERE)
        other = people.recognise(tx, Profile(ISSUER, new_id(), "a@example.com", True), open_to_all, HERE)
        elsewhere = people.recognise(tx, Profile(f"{ISSUER}/2", subject, "a@example.com"), open_to_all, HERE)
    assert again.id == first.id
    assert again.email == "b@example.com"
    assert len({first.id, other.id, elsewhere.id}) == 3


def test_a_later_sign_in_changes_neither_status_nor_roles(parts: Backend) -> None:
    subject = new_id()
    with parts.database.write() as tx:
        people.recognise(
            tx, Profile(ISSUER, subject, "boss@example.com", False), SignUp("invite", ADMINS), HERE
        )
    with parts.database.write() as tx:
        user = people.recognise(
            tx, Profile(ISSUER, subject, "boss@example.com", True), SignUp("open", ADMINS), HERE
        )
        assert people.roles_of(tx, user.id) == []
    assert user.status == PENDING


def test_subjects_are_compared_byte_by_byte(parts: Backend) -> None:
    subject = new_id()
    with parts.database.write() as tx:
        lower = people.recognise(tx, Profile(ISSUER, f"{subject}-a"), NOBODY, HERE)
        upper = people.recognise(tx, Profile(ISSUER, f"{subject}-A"), NOBODY, HERE)
    assert lower.id != upper.id


def test_many_first_sign_ins_at_once_make_one_person(parts: Backend) -> None:
    profile = Profile(ISSUER, new_id(), "ana@example.com", True)

    def sign_in(_: int) -> str:
        with parts.database.write() as tx:
            return people.recognise(tx, profile, SignUp("open", frozenset()), HERE).id

    with ThreadPoolExecutor(12) as pool:
        ids = set(pool.map(sign_in, range(40)))
    with parts.database.read() as tx:
        count = tx.scalar(select(func.count()).select_from(User).where(User.subject == profile.subject))
        roles = people.roles_of(tx, *ids)
    assert (len(ids), count, roles) == (1, 1, ["member"])


def test_approval_makes_a_member_and_is_in_the_audit(parts: Backend) -> None:
    with parts.database.write() as tx:
        user = people.recognise(tx, Profile(ISSUER, new_id()), NOBODY, HERE)
        assert people.permissions_of(tx, user) == []
        people.approve(tx, user, HERE)
    with parts.database.read() as tx:
        assert people.permissions_of(tx, user) == [
            "ai:use",
            "documents:read",
            "documents:write",
            "models:read",
        ]
    told = [(entry.action, entry.detail) for entry in entries(parts, user.id)]
    assert told == [
        ("user.role_given", {"role": "member"}),
        ("user.status_changed", {"before": PENDING, "after": ACTIVE}),
    ]


def test_a_role_that_the_rule_gave_is_told_from_what_somebody_gave(parts: Backend) -> None:
    profile = Profile(ISSUER, new_id(), "new@example.com", email_verified=True)
    with parts.database.write() as tx:
        user = people.recognise(tx, profile, SignUp("open", frozenset()), HERE)
    (told,) = entries(parts, user.id)
    assert (told.actor, told.detail) == (None, {"role": "member", "reason": "sign-up"})


def test_suspension_ends_every_session_of_that_person_only(parts: Backend) -> None:
    with parts.database.write() as tx:
        person, other = enter(tx, parts, role="member"), enter(tx, parts, role="member")
        people.set_status(tx, tx.get_one(User, person.id), SUSPENDED, HERE)
    with parts.database.read() as tx:
        left = set(tx.scalars(select(BrowserSession.user_id)))
    assert other.id in left
    assert person.id not in left
    assert user_of(parts, person.id).status == SUSPENDED
