"""What a service sends to exchange a token, and gets (RFC 8693, sections 2.1 and 2.2.1)."""

from typing import Annotated, Literal

from pydantic import BaseModel, Field

GRANT = "urn:ietf:params:oauth:grant-type:token-exchange"
Kind = Literal["urn:ietf:params:oauth:token-type:jwt", "urn:ietf:params:oauth:token-type:access_token"]
"""An identity token is both: section 3."""
JWT: Kind = "urn:ietf:params:oauth:token-type:jwt"
ACCESS_TOKEN: Kind = "urn:ietf:params:oauth:token-type:access_token"  # noqa: S105
Text = Annotated[str, Field(max_length=1000)]


class ExchangeRequest(BaseModel):
    """The form; beside it the service's assertion. An `actor_token` is refused: the actor is who sends this."""

    grant_type: Text
    subject_token: Annotated[str, Field(max_length=8192)]
    subject_token_type: Kind
    audience: Annotated[str, Field(max_length=64)]
    scope: Text | None = None
    requested_token_type: Kind = JWT
    actor_token: None = None
    resource: None = None


class ExchangeAnswer(BaseModel):
    access_token: str
    issued_token_type: Kind
    token_type: Literal["Bearer"]
    expires_in: int
    scope: str
