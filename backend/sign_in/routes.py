"""Sign in with the identity provider, sign out."""

import structlog
from apiflask import APIBlueprint
from flask import Response, redirect, request
from sqlalchemy.exc import SQLAlchemyError
from werkzeug.wrappers import Response as AnyResponse

from backend.audit import service as audit
from backend.context import backend, origin
from backend.door.routes import SESSION_COOKIE
from backend.google.attempts import Connecting
from backend.google.connecting import finish
from backend.people import service as people
from backend.people.models import SUSPENDED
from backend.people.service import Profile
from backend.revocations import service as revocations
from backend.sessions import service as sessions
from backend.sign_in import attempts, devices
from backend.sign_in.attempts import A, Attempt
from backend.sign_in.cookies import begin_attempt, end_attempt, set_cookie
from backend.sign_in.page import page
from backend.sign_in.refusals import (
    AccountSuspended,
    ProviderUnavailable,
    Refused,
    SignInExpired,
    SignInRefused,
    Unreachable,
)
from servicekit.ids import now
from servicekit.problems import Problem, as_problem

log = structlog.get_logger()

blueprint = APIBlueprint("sign_in", __name__, tag="Sign-in")
blueprint.register_error_handler(Problem, page)
blueprint.register_error_handler(SQLAlchemyError, lambda error: page(as_problem(error)))


@blueprint.get("/login")
@blueprint.doc(
    summary="Go to the identity provider", operation_id="signIn", responses={302: "To the provider"}
)
def login() -> AnyResponse:
    """`next` is a local path to come back to; anything else is ignored. `again=yes` asks who is known already, too."""
    attempt = Attempt.begin(request.args.get("next"), again=request.args.get("again") == "yes")
    parts = backend()
    try:
        answer = redirect(parts.provider.authorization_url(attempt, parts.settings.callback_url))
    except Unreachable as error:
        raise _refused(ProviderUnavailable(), f"discovery {error}") from None
    begin_attempt(answer, attempt, parts.vault)
    return answer


@blueprint.get("/callback")
@blueprint.doc(
    summary="Come back from the identity provider",
    operation_id="completeSignIn",
    responses={303: "Signed in"},
)
def callback() -> AnyResponse:
    """A new session, or a page that says why not and one entry in the audit.

    Who has come back from connecting Google has a session already, and gets no other one.
    """
    connecting = _unsealed(Connecting)
    if connecting is not None:
        return finish(connecting)
    attempt = _attempt()
    token = _begin_session(_redeemed(attempt), again=attempt.again)
    answer = redirect(attempt.next, 303)
    set_cookie(answer, SESSION_COOKIE, token, backend().settings.session_lifetime)
    end_attempt(answer, attempt)
    return answer


@blueprint.post("/logout")
@blueprint.doc(summary="Sign out", operation_id="signOut", responses={204: "Signed out"})
def logout() -> Response:
    """Ends the session here and so, within two seconds, at every service."""
    token = request.cookies.get(SESSION_COOKIE)
    with backend().database.write() as tx:
        owner = sessions.end(tx, token) if token else None
        if owner:
            audit.record(tx, audit.SIGNED_OUT, origin(), actor=owner, target=owner)
    answer = Response(status=204)
    set_cookie(answer, SESSION_COOKIE, "", 0)
    return answer


def _attempt() -> Attempt:
    """The attempt that this callback ends, used up."""
    if any(len(values) > 1 for _, values in request.args.lists()):
        raise _refused(SignInRefused(), "duplicate parameter")
    attempt = _unsealed(Attempt)
    if attempt is None:
        raise _refused(SignInExpired(), "state unknown")
    if not attempts.use(backend().database, attempt.state):
        raise _refused(SignInExpired(), "state replayed")
    return attempt


def _unsealed(kind: type[A]) -> A | None:
    """The attempt that this browser says to end, if it is of this kind."""
    state = request.args.get("state", "")
    return attempts.unseal(kind, backend().vault, request.cookies.get(attempts.cookie_name(state)), state)


def _redeemed(attempt: Attempt) -> Profile:
    """Whom the provider vouches for."""
    provider, code, error = backend().provider, request.args.get("code"), request.args.get("error")
    if error or not code:
        told = "You cancelled the sign-in, or the provider refused it. You can begin again."
        raise _refused(SignInRefused(told), f"provider {(error or 'without code')[:40]}")
    try:
        callback = backend().settings.callback_url
        return provider.redeem(code, request.args.get("iss"), attempt, callback).profile
    except Refused as refusal:
        raise _refused(SignInRefused(), str(refusal)) from None
    except Unreachable as failure:
        raise _refused(ProviderUnavailable(), f"provider {failure}") from None


def _begin_session(profile: Profile, *, again: bool) -> str:
    """The cookie's value of a new session; one that the browser had before ends.

    A provider that does not say when the person was there may have let a session of its own answer, unless it was
    asked not to.
    """
    authenticated_at = profile.authenticated_at or (now() if again else None)
    parts, from_here, user_agent = backend(), origin(), request.user_agent.string
    with parts.database.write() as tx:
        user = people.recognise(tx, profile, parts.sign_up, from_here)
        if user.status != SUSPENDED:
            sessions.end(tx, request.cookies.get(SESSION_COOKIE, ""), revocations.REPLACED)
            device = devices.told(tx, user.id, user_agent)
            audit.record(tx, audit.SIGNED_IN, from_here, actor=user.id, target=user.id, **device)
            return sessions.begin(
                tx, user.id, user_agent, parts.lifetimes, from_here.address, authenticated_at
            )
    raise _refused(AccountSuspended(), "suspended", user.id)


def _refused(problem: Problem, reason: str, target: str | None = None) -> Problem:
    """The problem to raise, with its one entry in the audit."""
    with backend().database.write() as tx:
        audit.record(tx, audit.SIGN_IN_REFUSED, origin(), target=target, reason=reason, kind=problem.slug)
    if isinstance(problem, ProviderUnavailable):  # nobody can sign in: the operator has to know
        log.warning("identity provider unavailable", reason=reason)
    return problem
