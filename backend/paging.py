"""Pages of lists whose newest rows come first: the cursor is the id of the last row seen (UUIDv7 ascends in time)."""

from collections.abc import Sequence
from typing import Annotated, Any, Protocol, TypeVar

from pydantic import AfterValidator, Field

from servicekit.ids import is_id


def _an_id(text: str) -> str:
    if not is_id(text):
        raise ValueError("Is not a cursor of this list")
    return text


Cursor = Annotated[str, AfterValidator(_an_id), Field(description="The `next` of the page before")]
Limit = Annotated[int, Field(ge=1, le=100, description="How many at most")]


class Row(Protocol):
    id: Any


R = TypeVar("R", bound=Row)


def page_of(found: Sequence[R], limit: int) -> tuple[list[R], str | None]:
    """The first `limit` rows, and the cursor to go on if there was one more."""
    page = list(found[:limit])
    return page, str(page[-1].id) if len(found) > limit else None
