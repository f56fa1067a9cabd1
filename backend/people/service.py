"""People: recognised by (issuer, subject), admitted by the sign-up rule, approved and suspended."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session as Transaction

from backend import events
from backend.audit import service as audit
from backend.people.models import ACTIVE, DELETING, PENDING, SUSPENDED, Role, RolePermission, User, UserRole
from backend.policy import Policy
from backend.programs import service as programs
from backend.revocations import service as revocations
from backend.sessions import service as sessions
from backend.tokens import service as tokens
from servicekit.ids import new_id, now

MEMBER = "member"
"""The role of who is let in without another."""

AT_SIGN_UP = "sign-up"
"""Why a role was given, in the audit: nobody gave it, the rule for newcomers did."""


@dataclass(frozen=True)
class Profile:
    """What the identity provider vouches for. `email` is set only if it is one plain address."""

    issuer: str
    subject: str
    email: str | None = None
    email_verified: bool = False
    hosted_domain: str | None = None
    name: str | None = None
    picture: str | None = None
    locale: str | None = None
    authenticated_at: datetime | None = None
    """When the person proved who they are, if the provider says so (`auth_time`)."""


@dataclass(frozen=True)
class SignUp:
    """Who is let in at first: `rule` is invite, open or domain:…; `admins` are e-mail addresses."""

    rule: str
    admins: frozenset[str]

    def role_of(self, profile: Profile) -> str | None:
        """The role that a newcomer gets at once; none means waiting for approval. Unverified e-mail: none."""
        if not profile.email or not profile.email_verified:
            return None
        if profile.email in self.admins:
            return "admin"
        return MEMBER if self.rule in {"open", f"domain:{profile.hosted_domain}"} else None


def recognise(tx: Transaction, profile: Profile, sign_up: SignUp, origin: audit.Origin) -> User:
    """The account of this identity, made at its first sign-in, with the profile as it is today."""
    user = _known(tx, profile) or _admit(tx, profile, sign_up, origin)
    if user.status == DELETING:  # nothing more is kept of them
        return user
    told = {name: getattr(profile, name) for name in ("email", "email_verified", "name", "picture", "locale")}
    if any(getattr(user, name) != value for name, value in told.items()):
        for name, value in told.items():
            setattr(user, name, value)
        user.updated_at = now()
    return user


def locked(tx: Transaction, user_id: str) -> User:
    """A person as they are now, and to nobody else until the end of the transaction.

    For who decides by their status: read without this, one who has just been suspended or asked for their deletion
    would be let in again by a change that began before.
    """
    return tx.get_one(User, user_id, with_for_update=True, populate_existing=True)


def _known(tx: Transaction, profile: Profile) -> User | None:
    same = (User.issuer == profile.issuer, User.subject == profile.subject)
    return tx.scalar(select(User).where(*same))


def _admit(tx: Transaction, profile: Profile, sign_up: SignUp, origin: audit.Origin) -> User:
    role, moment = sign_up.role_of(profile), now()
    user = User(
        id=new_id(),
        issuer=profile.issuer,
        subject=profile.subject,
        status=ACTIVE if role else PENDING,
        email=profile.email,
        email_verified=profile.email_verified,
        name=profile.name,
        picture=profile.picture,
        locale=profile.locale,
        created_at=moment,
        updated_at=moment,
    )
    try:
        with tx.begin_nested():
            tx.add(user)
    except IntegrityError:
        # somebody signed in with the same identity a moment ago, in another process
        return tx.scalars(
            select(User).where(User.issuer == profile.issuer, User.subject == profile.subject)
        ).one()
    events.user_created(tx, user.id, user.status)
    if role:
        # nothing that they hold is older than this: nothing has to end
        _give(tx, user, role, origin, reason=AT_SIGN_UP)
    return user


def give_role(
    tx: Transaction,
    user: User,
    role: str,
    origin: audit.Origin,
    actor: str | None = None,
    **detail: str,
) -> None:
    """Give a role that the person does not have yet; `detail` goes into the audit."""
    if tx.get(UserRole, (user.id, role)) is None:
        revocations.of_person(tx, user.id)
        _give(tx, user, role, origin, actor, **detail)


def _give(
    tx: Transaction, user: User, role: str, origin: audit.Origin, actor: str | None = None, **detail: str
) -> None:
    tx.add(UserRole(user_id=user.id, role=role))
    audit.record(tx, audit.ROLE_GIVEN, origin, actor=actor, target=user.id, role=role, **detail)


def take_role(tx: Transaction, user: User, role: str, origin: audit.Origin, actor: str | None = None) -> None:
    """Take a role that the person has."""
    tx.execute(delete(UserRole).where(UserRole.user_id == user.id, UserRole.role == role))
    revocations.of_person(tx, user.id)
    audit.record(tx, audit.ROLE_TAKEN, origin, actor=actor, target=user.id, role=role)


def set_status(
    tx: Transaction, user: User, status: str, origin: audit.Origin, actor: str | None = None
) -> None:
    """Approve, suspend or reactivate; who is suspended loses sessions, access tokens and programs."""
    if user.status == status:
        return
    audit.record(
        tx, audit.STATUS_CHANGED, origin, actor=actor, target=user.id, before=user.status, after=status
    )
    user.status, user.updated_at = status, now()
    if status != SUSPENDED:
        revocations.of_person(tx, user.id)
    else:
        revocations.of_person(tx, user.id, revocations.SUSPENDED)
        events.user_suspended(tx, user.id)
        end_credentials(tx, user.id)


def end_credentials(tx: Transaction, user_id: str, but: str | None = None) -> None:
    """All by which a person could come in, but for the session `but`."""
    sessions.end_all(tx, user_id, but)
    tokens.revoke_all(tx, user_id)
    programs.end_all(tx, user_id)


def approve(tx: Transaction, user: User, origin: audit.Origin, actor: str | None = None) -> None:
    """Let a person in who waited; without any role they become a member."""
    if tx.scalar(select(UserRole.role).where(UserRole.user_id == user.id).limit(1)) is None:
        give_role(tx, user, MEMBER, origin, actor)
    set_status(tx, user, ACTIVE, origin, actor)


def roles_of(tx: Transaction, user_id: str) -> list[str]:
    """The names of a person's roles, in order."""
    return list(tx.scalars(select(UserRole.role).where(UserRole.user_id == user_id).order_by(UserRole.role)))


def role_names(tx: Transaction) -> list[str]:
    """Of all roles, in order."""
    return list(tx.scalars(select(Role.name).order_by(Role.name)))


def permissions_of(tx: Transaction, user: User) -> list[str]:
    """What a person may do at this moment: nothing unless active."""
    held = select(RolePermission.permission).join(UserRole, UserRole.role == RolePermission.role)
    mine = held.where(UserRole.user_id == user.id).distinct().order_by(RolePermission.permission)
    return list(tx.scalars(mine)) if user.status == ACTIVE else []


def install_roles(tx: Transaction, policy: Policy) -> None:
    """Bring the built-in roles to what the policy of this release says.

    What it does not name any more leaves the administrators' own roles, too: as nobody holds it, nobody could change
    such a role, or suspend who has it.
    """
    tx.execute(delete(RolePermission).where(RolePermission.permission.not_in(policy.described)))
    for name, permissions in policy.roles.items():
        tx.merge(Role(name=name, built_in=True))
        tx.flush()
        tx.execute(delete(RolePermission).where(RolePermission.role == name))
        tx.add_all(RolePermission(role=name, permission=permission) for permission in sorted(permissions))
