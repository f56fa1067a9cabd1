"""What the API of jobs takes and gives, the same in every service."""

from datetime import datetime
from typing import Annotated, Any, Literal

from pydantic import BaseModel, Field, StringConstraints

from servicekit.ids import UUID

StateName = Literal["queued", "running", "done", "failed", "cancelled"]
OutcomeName = Literal["succeeded", "left_out", "failed"]


class Reason(BaseModel):
    """Why a job has failed."""

    code: str = Field(description="A word for programs, such as `suspended`")
    detail: str = Field(description="A sentence for people: what happened, and what to do")


class Counts(BaseModel):
    """Lines of the report by their outcome."""

    succeeded: int
    left_out: int
    failed: int


class Job(BaseModel):
    """Long work on somebody's behalf."""

    id: str
    kind: str
    state: StateName
    params: dict[str, Any] = Field(description="What was asked for, as the kind of job has it")
    done: int
    total: int | None = Field(description="Null until it is known")
    counts: Counts
    reason: Reason | None = Field(description="Of a failure; what was done before it stays")
    created_at: datetime
    started_at: datetime | None
    ended_at: datetime | None


class JobPage(BaseModel):
    """Jobs, the last submitted first."""

    items: list[Job]
    next: str | None = Field(description="Cursor of the next page; null on the last")


class ReportLine(BaseModel):
    """What became of one thing that the job was about."""

    number: int
    subject: str
    outcome: OutcomeName
    code: str | None = Field(description="A word for programs")
    detail: str | None = Field(description="A sentence for people")
    result: str | None = Field(description="Id of what was made of it")


class ReportPage(BaseModel):
    """A part of a job's report, in its order."""

    items: list[ReportLine]
    next: str | None = Field(description="Cursor of the next page; null when there is no more so far")


class JobQuery(BaseModel):
    limit: Annotated[int, Field(ge=1, le=100, description="How many at most")] = 20
    cursor: Annotated[str, StringConstraints(pattern=f"^{UUID.pattern}$")] | None = Field(
        None, description="`next` of the page before"
    )


class ReportQuery(BaseModel):
    limit: Annotated[int, Field(ge=1, le=500, description="How many at most")] = 100
    cursor: Annotated[int, Field(ge=0, le=10_000_000)] | None = Field(
        None, description="`next` of the page before"
    )
    outcome: OutcomeName | None = Field(None, description="Only lines with this outcome")


class SubmittedHeaders(BaseModel):
    location: str = Field(description="Path of the job")
