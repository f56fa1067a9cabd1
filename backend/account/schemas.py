"""What a person sees of their own account."""

from typing import Literal

from pydantic import BaseModel


class Account(BaseModel):
    id: str
    email: str | None
    email_verified: bool
    name: str | None
    picture: str | None
    locale: str | None
    status: Literal["pending", "active"]
    roles: list[str]
    permissions: list[str]
