"""What the API of the Google connection takes and gives."""

from datetime import datetime
from typing import Annotated

from pydantic import BaseModel, Field


class OfferedScope(BaseModel):
    """Something that may be connected."""

    name: Annotated[str, Field(description="What `scopes` names it by")]
    allows: Annotated[str, Field(description="In a few words")]
    services: Annotated[list[str], Field(description="Which services may use it, for you")]


class GoogleConnection(BaseModel):
    """What of Google is connected."""

    connected: bool
    needs_reconnecting: Annotated[
        bool, Field(description="Google does not accept it any more: connect the same again")
    ]
    email: Annotated[str | None, Field(description="Of the account at Google")]
    connected_at: datetime | None
    scopes: Annotated[list[str], Field(description="What was granted")]
    missing: Annotated[list[str], Field(description="What was asked for last time, and not granted")]
    offered: list[OfferedScope]


class ConnectionDraft(BaseModel):
    scopes: Annotated[list[str], Field(min_length=1, max_length=50, description="Names of `offered`")]
    next: Annotated[
        str | None, Field(max_length=1000, description="A local path to come back to; normally /app/account")
    ] = None


class ConnectionBegun(BaseModel):
    location: Annotated[str, Field(description="A local path: open it in this browser within a minute")]


class Disconnected(BaseModel):
    """The tokens are gone from here in any case."""

    revoked: Annotated[bool, Field(description="Whether the provider has revoked them, too")]
    remove_at: Annotated[
        str | None, Field(description="Where to take the access back by hand, if it has not")
    ]
