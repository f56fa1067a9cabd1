"""A dead letter that speaks for a person gets a fresh token before it is sent again: the old one may have run out."""

from collections.abc import Callable, Mapping

from servicekit.events.letters import DeadLetter
from servicekit.exchange import GRANT, JWT, Refused, given
from servicekit.identity import current_token
from servicekit.message_tokens import HEADER, KIND
from servicekit.problems import Conflict

ENDED = "The person for whom this message acts has left, was suspended, or has ended what it was begun with. Drop it."

Renew = Callable[[DeadLetter], Mapping[str, str]]
"""Gives the headers with which a letter is sent again; a problem, if it cannot be."""


def unchanged(letter: DeadLetter) -> Mapping[str, str]:
    """Where nobody acts for anybody."""
    return letter.headers


def renewed(letter: DeadLetter) -> Mapping[str, str]:
    """With a token of now; the backend gives it for the old one and the administrator of this request."""
    old = letter.headers.get(HEADER)
    if old is None:
        return letter.headers
    form = {
        "grant_type": GRANT,
        "subject_token": old,
        "subject_token_type": KIND,
        "actor_token": current_token(),
        "actor_token_type": JWT,
        "requested_token_type": KIND,
        "audience": letter.type,
        "event_id": letter.event_id,
    }
    try:
        return {**letter.headers, HEADER: given(form).text}
    except Refused as refusal:
        raise _problem(refusal) from None


def _problem(refusal: Refused) -> Exception:
    if refusal.error == "invalid_grant":
        return Conflict(ENDED)
    if refusal.error in {"invalid_request", "invalid_target"}:  # a forged one, or of a key that is long gone
        return Conflict(f"It cannot get a new token, so it cannot be sent again. {refusal.words}")
    return refusal.problem()
