"""Settings of the AI service; nothing else here reads the environment."""

from urllib.parse import urlsplit

from pydantic import Field, field_validator

from servicekit.settings import Settings as CommonSettings


def an_address(value: str) -> str:
    """For a validator: where an API is, without a slash at its end."""
    url = urlsplit(value)
    if url.scheme not in {"http", "https"} or not url.hostname or url.query or url.fragment or url.username:
        raise ValueError("must be an address like https://api.example.com/v1")
    return value.rstrip("/")


class Settings(CommonSettings):
    """See servicekit.settings; the database is this service's own."""

    database_url: str = "sqlite:///var/ai.db"
    threads: int = Field(default=96, ge=1, le=512)  # each answer that is waited for, or streamed, holds one
    ai_upstream_url: str | None = None
    ai_upstream_model: str | None = Field(default=None, min_length=1, max_length=200)
    ai_budget_day: int = Field(default=100_000, ge=0, le=10**12)
    ai_budget_month: int = Field(default=1_000_000, ge=0, le=10**12)
    ai_budget_visitor: int = Field(default=2_000, ge=0, le=10**12)
    ai_budget_visitors: int = Field(default=100_000, ge=0, le=10**12)

    _url = field_validator("ai_upstream_url")(an_address)
