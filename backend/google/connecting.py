"""The browser's way to the provider's page of consent, and what comes back from it."""

from apiflask import APIBlueprint
from flask import redirect, request
from sqlalchemy.exc import SQLAlchemyError
from werkzeug.wrappers import Response as AnyResponse

from backend.audit import service as audit
from backend.context import backend, origin
from backend.door.routes import SESSION_COOKIE
from backend.google import refusals
from backend.google import service as connections
from backend.google.attempts import Connecting, Ticket
from backend.google.grants import fresh
from backend.google.refusals import ConnectionRefused
from backend.google.service import Consent, Forgotten
from backend.people.models import ACTIVE, User
from backend.sessions import service as sessions
from backend.sessions.models import BrowserSession
from backend.sign_in import attempts
from backend.sign_in.cookies import begin_attempt, end_attempt
from backend.sign_in.page import page
from backend.sign_in.provider import Redeemed
from backend.sign_in.refusals import ProviderUnavailable, Refused, SignInExpired, Unreachable
from servicekit.problems import Problem, as_problem

ACCOUNT = "/app/account"

blueprint = APIBlueprint("connecting", __name__, tag="Consent")
blueprint.register_error_handler(Problem, lambda problem: page(problem, back=ACCOUNT))
blueprint.register_error_handler(SQLAlchemyError, lambda error: page(as_problem(error), back=ACCOUNT))


@blueprint.get("/google")
@blueprint.doc(
    summary="Go to the provider's page of consent",
    operation_id="continueConnectingGoogle",
    responses={302: "To the provider"},
)
def go_to_the_provider() -> AnyResponse:
    """`ticket` is of `POST /api/account/google`, and counts in the session that asked for it only."""
    parts, ticket = backend(), Ticket.unseal(backend().vault, request.args.get("ticket", ""))
    if ticket is None:
        raise SignInExpired
    user, attempt = _here(ticket.user_id, ticket.session_id), Connecting.of(ticket)
    scopes = parts.policy.google.spelled(attempt.scopes)
    try:
        address = parts.grants.question(attempt, parts.settings.callback_url, scopes, user.email)
    except Unreachable as failure:
        raise _refused(ProviderUnavailable(), f"discovery {failure}", user.id) from None
    answer = redirect(address)
    begin_attempt(answer, attempt, parts.vault)
    return answer


def finish(attempt: Connecting) -> AnyResponse:
    """The provider has sent the browser back: connected, or a page that says why not."""
    try:
        _connect(attempt)
        answer: AnyResponse = redirect(attempt.next, 303)
    except Problem as problem:
        answer = page(problem, back=ACCOUNT)
    end_attempt(answer, attempt)
    return answer


def _connect(attempt: Connecting) -> None:
    parts = backend()
    if not attempts.use(parts.database, attempt.state):
        raise _refused(ConnectionRefused(refusals.EXPIRED), "state replayed", attempt.user_id)
    user = _here(attempt.user_id, attempt.session_id)
    redeemed = _redeemed(attempt)
    if (redeemed.profile.issuer, redeemed.profile.subject) != (user.issuer, user.subject):
        raise _refused(ConnectionRefused(refusals.ANOTHER), refusals.ANOTHER, user.id)
    consent = _consent(attempt, redeemed)
    with parts.database.write() as tx:
        user = tx.get_one(User, user.id, with_for_update=True)
        alive = tx.get(BrowserSession, attempt.session_id) is not None and user.status == ACTIVE
        if alive:
            connections.connect(tx, parts.vault, consent, origin())
    if not alive:  # signed out, suspended or leaving since
        connections.revoke(parts.grants, Forgotten(consent.refresh_token))
        raise _refused(ConnectionRefused(refusals.ELSEWHERE), refusals.ELSEWHERE, user.id)


def _here(user_id: str, session_id: str) -> User:
    """Who began it, if this browser is still signed in by the very same session."""
    parts = backend()
    with parts.database.read() as tx:
        holder = sessions.find(tx, request.cookies.get(SESSION_COOKIE, ""), parts.lifetimes)
        same = holder and (holder.user_id, holder.credential_id) == (user_id, session_id)
        if holder and same and holder.status == ACTIVE:
            return tx.get_one(User, user_id)
    raise _refused(ConnectionRefused(refusals.ELSEWHERE), refusals.ELSEWHERE, user_id)


def _redeemed(attempt: Connecting) -> Redeemed:
    """What the provider gives for the code."""
    parts, given = backend(), request.args
    if any(len(values) > 1 for _, values in given.lists()):
        raise _refused(ConnectionRefused(refusals.NOT_ACCEPTED), "duplicate parameter", attempt.user_id)
    if given.get("error") or not given.get("code"):
        reason = f"provider {(given.get('error') or 'without code')[:40]}"
        raise _refused(ConnectionRefused(refusals.CANCELLED), reason, attempt.user_id)
    try:
        return parts.provider.redeem(given["code"], given.get("iss"), attempt, parts.settings.callback_url)
    except Refused as refusal:
        told = ConnectionRefused(refusals.NOT_ACCEPTED)
        raise _refused(told, str(refusal), attempt.user_id) from None
    except Unreachable as failure:
        raise _refused(ProviderUnavailable(), f"provider {failure}", attempt.user_id) from None


def _consent(attempt: Connecting, redeemed: Redeemed) -> Consent:
    """What was granted, if it lasts and is anything at all."""
    policy = backend().policy.google
    try:
        given = fresh(redeemed.answer, " ".join(policy.spelled(attempt.scopes)))
    except Refused as refusal:
        told = ConnectionRefused(refusals.NOT_ACCEPTED)
        raise _refused(told, str(refusal), attempt.user_id) from None
    granted = policy.named(given.scopes)
    if not granted:
        raise _refused(ConnectionRefused(refusals.NOTHING), refusals.NOTHING, attempt.user_id)
    if given.refresh_token is None:
        raise _refused(ConnectionRefused(refusals.NOT_LASTING), refusals.NOT_LASTING, attempt.user_id)
    missing = sorted(set(attempt.scopes) - set(granted))
    return Consent(attempt.user_id, redeemed.profile.email, granted, missing, given.refresh_token)


def _refused(problem: Problem, reason: str, user_id: str) -> Problem:
    """The problem to raise, with its one entry in the audit."""
    with backend().database.write() as tx:
        audit.record(tx, audit.CONNECTION_REFUSED, origin(), target=user_id, reason=reason, kind=problem.slug)
    return problem
