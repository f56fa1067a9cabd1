"""What a person sees of the deletion of their account."""

from datetime import datetime
from typing import Annotated, Literal

from pydantic import BaseModel, Field


class DeletionPart(BaseModel):
    name: Annotated[str, Field(description="A service, such as `documents`, or `account` for the rest")]
    state: Annotated[
        Literal["waiting", "erased", "delayed"],
        Field(description="`delayed`: it takes longer than it should, and is tried again"),
    ]


class Deletion(BaseModel):
    """It goes on by itself. Once all is gone the session is, too: 401."""

    begun_at: datetime
    done_after: Annotated[
        datetime, Field(description="Not before: until then what was begun earlier may still end")
    ]
    parts: list[DeletionPart]
