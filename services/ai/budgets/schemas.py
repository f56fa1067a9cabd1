"""Budgets and use, as they are told and set."""

from datetime import datetime
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

MOST = 10**12


class PeriodOut(BaseModel):
    """One of the two budgets, in tokens."""

    limit: int
    used: int
    reserved: int
    left: int
    ends_at: datetime


class ModelUseOut(BaseModel):
    """What was used of one model on one day."""

    day: str
    model: str
    requests: int
    prompt_tokens: int
    completion_tokens: int


class UsageOut(BaseModel):
    """One's own budgets, and the last thirty-one days."""

    day: PeriodOut
    month: PeriodOut
    items: list[ModelUseOut]


class UseQuery(BaseModel):
    """Of whom, and from which day to which (both included); all of it: the last thirty-one days of everybody."""

    model_config = ConfigDict(extra="forbid")

    person: str | None = Field(default=None, min_length=1, max_length=80)
    model: str | None = Field(default=None, min_length=1, max_length=200)
    since: str | None = Field(default=None, pattern=r"^[0-9]{4}-[0-9]{2}-[0-9]{2}$")
    until: str | None = Field(default=None, pattern=r"^[0-9]{4}-[0-9]{2}-[0-9]{2}$")
    limit: int = Field(default=1000, ge=1, le=5000)
    cursor: str | None = Field(default=None, max_length=600)


class PersonUseOut(ModelUseOut):
    """What one person used of one model on one day; `visitors` are all of them."""

    person: str


class UsePage(BaseModel):
    """The newest days first."""

    items: list[PersonUseOut]
    next: str | None


class BudgetIn(BaseModel):
    """Tokens that may be used."""

    model_config = ConfigDict(extra="forbid")

    day: int = Field(ge=0, le=MOST)
    month: int = Field(ge=0, le=MOST)


class BudgetOut(BudgetIn):
    """For everyone (`name` is `all`), for who has a role, or for one person."""

    scope: Literal["everyone", "role", "person"]
    name: str


class BudgetsOut(BaseModel):
    """What was set, and what holds where nothing was."""

    items: list[BudgetOut]
    default: BudgetIn
