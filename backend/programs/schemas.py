"""What programs ask and are told (RFC 8628, RFC 6749, RFC 7009), and what a person sees of them."""

from datetime import datetime
from typing import Annotated, Literal

from pydantic import BaseModel, Field

Text = Annotated[str, Field(max_length=1000)]
ClientId = Annotated[str, Field(max_length=64, description="`zaguan`, or another that this platform knows")]
Scope = Annotated[str | None, Field(max_length=1000, description="Permissions, separated by spaces")]


class DeviceRequest(BaseModel):
    client_id: ClientId
    scope: Scope = None


class DeviceAnswer(BaseModel):
    device_code: str
    user_code: Annotated[str, Field(description="For the person to type at `verification_uri`")]
    verification_uri: str
    verification_uri_complete: str
    expires_in: Annotated[int, Field(description="Seconds")]
    interval: Annotated[int, Field(description="Seconds to wait between two questions")]


class TokenRequest(BaseModel):
    grant_type: Annotated[
        str, Field(description="`urn:ietf:params:oauth:grant-type:device_code` or `refresh_token`")
    ]
    client_id: ClientId
    device_code: Text | None = None
    refresh_token: Text | None = None


class TokenAnswer(BaseModel):
    access_token: Annotated[str, Field(description="`zga_…`, to be sent as `Authorization: Bearer`")]
    token_type: Literal["Bearer"]
    expires_in: Annotated[int, Field(description="Seconds")]
    refresh_token: Annotated[str, Field(description="`zgr_…`; each is good once")]
    scope: Annotated[str, Field(description="What was given, which may be less than what was asked for")]


class RevocationRequest(BaseModel):
    client_id: ClientId
    token: Text


class UserCode(BaseModel):
    user_code: Annotated[
        str, Field(min_length=1, max_length=40, description="In any case, with or without -")
    ]


class Told(BaseModel):
    """What is known of a program."""

    client: Annotated[str, Field(description="Its name; nothing proves it")]
    user_agent: Annotated[str | None, Field(description="What it says of itself and of its machine")]
    address: Annotated[str | None, Field(description="From where it asked")]
    permissions: Annotated[list[str], Field(description="`account:tokens`: list and revoke access tokens")]


class WaitingProgram(Told):
    """A program that waits for this person's word, and what it would get."""

    user_code: str
    asked_at: datetime
    expires_at: datetime


class Program(Told):
    """A program that is signed in."""

    id: str
    created_at: datetime
    last_used_at: datetime | None
    expires_at: datetime


class ProgramList(BaseModel):
    items: list[Program]
