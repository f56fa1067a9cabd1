"""What a person sees of their own account."""

from typing import Literal

from pydantic import BaseModel

from backend.deletion.schemas import Deletion


class Account(BaseModel):
    id: str
    email: str | None
    email_verified: bool
    name: str | None
    picture: str | None
    locale: str | None
    status: Literal["pending", "active", "deleting"]
    roles: list[str]
    permissions: list[str]
    deletion: Deletion | None
