"""What a service sends to get a token, and gets (RFC 8693, sections 2.1 and 2.2.1; RFC 6749, section 4.4)."""

from typing import Annotated, Literal, Self

from pydantic import BaseModel, Field, model_validator

from servicekit.ids import UUID

GRANT = "urn:ietf:params:oauth:grant-type:token-exchange"
OWN_GRANT = "client_credentials"
Kind = Literal[
    "urn:ietf:params:oauth:token-type:jwt",
    "urn:ietf:params:oauth:token-type:access_token",
    "urn:zaguan:params:oauth:token-type:message",
]
"""An identity token is the first two: section 3."""
JWT: Kind = "urn:ietf:params:oauth:token-type:jwt"
ACCESS_TOKEN: Kind = "urn:ietf:params:oauth:token-type:access_token"  # noqa: S105
MESSAGE: Kind = "urn:zaguan:params:oauth:token-type:message"
Text = Annotated[str, Field(max_length=1000)]


class TokenRequest(BaseModel):
    """The form; beside it the service's assertion. The actor is who sends this; an `actor_token` names the
    administrator who has a message sent again, and belongs to nothing else."""

    grant_type: Text
    subject_token: Annotated[str | None, Field(max_length=8192)] = None
    subject_token_type: Kind | None = None
    audience: Annotated[str, Field(max_length=64)]
    event_id: Annotated[str | None, Field(pattern=f"^{UUID.pattern}$")] = None
    scope: Text | None = None
    requested_token_type: Kind = JWT
    actor_token: Annotated[str | None, Field(max_length=8192)] = None
    actor_token_type: Kind | None = None
    resource: None = None

    @model_validator(mode="after")
    def _whole(self) -> Self:
        """Each grant has what it needs, and nothing that it cannot heed."""
        if self.grant_type not in {GRANT, OWN_GRANT}:
            return self  # which is refused as such
        exchanges, message = self.grant_type == GRANT, self.requested_token_type == MESSAGE
        if exchanges != (self.subject_token is not None) or exchanges != (
            self.subject_token_type is not None
        ):
            raise ValueError(f"subject_token and subject_token_type belong to {GRANT}, and both to it")
        if message != (self.event_id is not None):
            raise ValueError("event_id says which event a message token is for, and belongs to nothing else")
        self._whole_with_actor(renewed=message and self.subject_token_type == MESSAGE)
        if message and self.subject_token_type is None:
            raise ValueError(
                "a message token is given for an identity token, or for an older one of its event"
            )
        return self

    def _whole_with_actor(self, *, renewed: bool) -> None:
        given = self.actor_token is not None
        if given != renewed or given != (self.actor_token_type is not None):
            raise ValueError(
                "actor_token and actor_token_type belong to the renewal of a message token, and both to it"
            )
        if given and self.actor_token_type == MESSAGE:
            raise ValueError("the actor shows an identity token")
        if renewed and self.scope is not None:
            raise ValueError("a renewed message token has the scope of the old one")


class TokenAnswer(BaseModel):
    access_token: str
    issued_token_type: Kind
    token_type: Literal["Bearer", "N_A"]
    expires_in: int
    scope: str
