"""Why a sign-in ends without a session, and what the person is told."""

from servicekit.problems import Problem


class Refused(Exception):
    """The provider's answer cannot be accepted. The reason goes into the audit, not to the browser."""

    def __init__(self, reason: str, particulars: str = "") -> None:
        super().__init__(f"{reason} {particulars}".strip())


class Unreachable(Exception):
    """The provider does not answer, or not in time, or not as a provider does."""


class SignInRefused(Problem):
    slug, title, status = "sign-in-refused", "The sign-in was not accepted", 403
    default_detail = "The answer of the identity provider could not be accepted. Try again."


class AccountSuspended(Problem):
    slug, title, status = "account-suspended", "This account is suspended", 403
    default_detail = "Ask an administrator to reactivate it."


class SignInExpired(Problem):
    slug, title, status = "sign-in-expired", "This sign-in is over", 400
    default_detail = "It took too long, was used already, or was begun in another browser. Begin again."


class ProviderUnavailable(Problem):
    slug, title, status = "provider-unavailable", "The identity provider does not answer", 503
    default_detail = "Try again in a minute. Who is signed in already is not affected."
