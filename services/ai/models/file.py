"""What the deployer says about models elsewhere: AI_UPSTREAM_URL for one, secrets/ai-models.toml for any number."""

import tomllib
from pathlib import Path
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator

from ai.models.catalog import CHAT, EMBEDDING, USE, Model, Upstream
from ai.settings import Settings, an_address
from servicekit.settings import SettingsError

FILE = "ai-models.toml"
KEY = "ai-upstream-key"
SINCE = 1_764_000_000  # nobody knows how old a model elsewhere is
BUNDLED = {CHAT.id, EMBEDDING.id}


class Entry(BaseModel):
    """`[models."name"]` of the file."""

    model_config = ConfigDict(extra="forbid", hide_input_in_errors=True)

    url: str
    model: str | None = Field(default=None, min_length=1, max_length=200)
    kind: Literal["chat", "embedding"] = "chat"
    key: str | None = Field(default=None, pattern=r"ai-[a-z0-9-]+")
    permission: str = USE
    fallback: str | None = None
    context: int = Field(default=8192, ge=16, le=10_000_000)
    max_tokens: int = Field(default=1024, ge=1, le=1_000_000)
    picture_tokens: int = Field(default=4096, ge=1, le=1_000_000)
    remote_pictures: bool = False
    concurrent: int = Field(default=8, ge=1, le=64)
    first_byte: float = Field(default=60, gt=0, le=140)
    between: float = Field(default=30, gt=0, le=140)

    _url = field_validator("url")(an_address)


class File(BaseModel):
    """The whole of it."""

    model_config = ConfigDict(extra="forbid", hide_input_in_errors=True)

    models: dict[str, Entry] = {}


def theirs(settings: Settings) -> list[Model]:
    """The deployer's models, checked."""
    found = [*_of_environment(settings), *_of_file(settings.secrets_dir)]
    names = {model.id for model in found} | BUNDLED
    for model in found:
        if model.fallback and model.fallback not in names:
            raise SettingsError(f"{FILE}: {model.id} falls back to {model.fallback}, which is no model.")
    return found


def _of_environment(settings: Settings) -> list[Model]:
    if settings.ai_upstream_url is None:
        return []
    if settings.ai_upstream_model is None:
        raise SettingsError("AI_UPSTREAM_MODEL must name a model of AI_UPSTREAM_URL.")
    key = settings.secrets_dir / KEY
    entry = Entry(url=settings.ai_upstream_url, key=KEY if key.exists() else None)
    return [_model(settings.ai_upstream_model, entry, settings.secrets_dir)]


def _of_file(secrets: Path) -> list[Model]:
    path = secrets / FILE
    if not path.exists():
        return []
    try:
        told = File.model_validate(tomllib.loads(path.read_text(encoding="utf-8")))
    except ValidationError as error:
        wrong = error.errors()[0]
        place = ".".join(str(step) for step in wrong["loc"])
        raise SettingsError(f"{path}: {place}: {wrong['msg'].removeprefix('Value error, ')}") from None
    except (OSError, ValueError) as error:
        raise SettingsError(f"{path} cannot be read: {error}") from None
    return [_model(name, entry, secrets) for name, entry in told.models.items()]


def _model(name: str, entry: Entry, secrets: Path) -> Model:
    key = secrets / entry.key if entry.key else None
    if key is not None and not key.is_file():
        raise SettingsError(f"The secret file {key} is missing. See secrets/README.md.")
    upstream = Upstream(entry.url, entry.model or name, key, entry.first_byte, entry.between)
    limits: dict[str, Any] = {
        "permission": entry.permission,
        "fallback": entry.fallback,
        "context": entry.context,
        "answer": entry.max_tokens,
        "concurrent": entry.concurrent,
        "picture": entry.picture_tokens,
        "remote_pictures": entry.remote_pictures,
    }
    return Model(name, entry.kind, "upstream", SINCE, upstream=upstream, **limits)
