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


class ShareOut(BaseModel):
    """A part of what was used."""

    requests: int
    prompt_tokens: int
    completion_tokens: int


class ModelShareOut(ShareOut):
    model: str


class DayShareOut(ShareOut):
    day: str
    people: int = Field(description="How many used something; visitors are none of them")


class SpanQuery(BaseModel):
    """Over how many days, today included; of one person, or of everybody."""

    model_config = ConfigDict(extra="forbid")

    days: int = Field(default=30, ge=1, le=366)
    person: str | None = Field(default=None, min_length=1, max_length=80)


class OverviewOut(BaseModel):
    """Every day, the oldest first; and the models, the most used first."""

    days: list[DayShareOut]
    models: list[ModelShareOut]
    people: int = Field(description="How many used something in all that time")


class PeopleQuery(BaseModel):
    """The largest users of so many days; with `person`, which may be repeated, only of these."""

    model_config = ConfigDict(extra="forbid")

    days: int = Field(default=30, ge=1, le=366)
    person: list[str] = Field(default=[], max_length=100)
    limit: int = Field(default=50, ge=1, le=100)
    cursor: str | None = Field(default=None, max_length=600)


class UserShareOut(ShareOut):
    """`person` is an id, or `visitors`: all of them together."""

    person: str
    last_day: str


class PeoplePage(BaseModel):
    """Who used most comes first."""

    items: list[UserShareOut]
    next: str | None


class AllowanceOut(BaseModel):
    """Both budgets of one person, and whose they are: a person's own come first, then the largest of their roles'."""

    day: PeriodOut
    month: PeriodOut
    scope: Literal["person", "role", "everyone", "default"]


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

    day: int = Field(ge=0, le=MOST, strict=True)
    month: int = Field(ge=0, le=MOST, strict=True)


class BudgetOut(BudgetIn):
    """For everyone (`name` is `all`), for who has a role, or for one person."""

    scope: Literal["everyone", "role", "person"]
    name: str


class BudgetsOut(BaseModel):
    """What was set, and what holds where nothing was."""

    items: list[BudgetOut]
    default: BudgetIn
