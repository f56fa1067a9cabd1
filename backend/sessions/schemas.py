"""What a person sees of their sessions."""

from datetime import datetime

from pydantic import BaseModel


class Session(BaseModel):
    """A browser that is signed in."""

    id: str
    current: bool
    user_agent: str | None
    address: str | None
    created_at: datetime
    last_used_at: datetime


class SessionList(BaseModel):
    items: list[Session]
