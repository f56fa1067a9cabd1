"""Where a stream goes on."""

from typing import Annotated

from pydantic import BaseModel, Field

Id = Annotated[
    str | None, Field(description="The id of the last event that was received: the stream goes on after it")
]
LONGEST = 18  # digits


class Header(BaseModel):
    """As browsers send it when they come again by themselves."""

    last_event_id: Id = None


class Query(BaseModel):
    """For who begins anew, and cannot set a header."""

    last_event_id: Id = None
    recent: Annotated[
        int, Field(ge=0, le=60, description="Without an id: what happened in the last seconds is told, too")
    ] = 0


def number(told: str | None) -> int | None:
    """What is no id of ours is one that is not known any more."""
    if not told:
        return None
    return int(told) if told.isascii() and told.isdigit() and len(told) <= LONGEST else -1
