"""What is told of a service's events: no content of any, only kinds, counts and ages."""

from datetime import datetime
from typing import Annotated, Literal

from pydantic import AfterValidator, BaseModel, Field

from servicekit.events.shape import Kind
from servicekit.ids import is_id


def _an_id(text: str) -> str:
    if not is_id(text):
        raise ValueError("Is not a cursor of this list")
    return text


Cursor = Annotated[str, AfterValidator(_an_id), Field(description="The `next` of the page before")]


class LettersQuery(BaseModel):
    queue: Annotated[str, Field(max_length=64)]
    limit: Annotated[int, Field(ge=1, le=100, description="How many at most")] = 50
    cursor: Cursor | None = None


class Outbox(BaseModel):
    """What the service has to tell, and has not yet."""

    waiting: int
    returned: Annotated[int, Field(description="Of these the broker could not deliver so many yet")]
    oldest_at: Annotated[datetime | None, Field(description="Since when the oldest of them waits")]
    sent_last_minute: int


class Queue(BaseModel):
    """What the service is to hear; `null` where the broker does not answer, or cannot know."""

    name: str
    events: Annotated[list[str], Field(description="The types of events in it")]
    waiting: int | None = None
    consumers: int | None = None
    oldest_at: Annotated[datetime | None, Field(description="Since when the oldest waits, at most")] = None
    handled_last_minute: int
    dead_letters: Annotated[int | None, Field(description="They wait until somebody decides about each")] = (
        None
    )
    sent_again: Annotated[int, Field(description="Dead letters that are being tried once more")]


class ServiceState(BaseModel):
    """The events of one service at this moment."""

    broker: Annotated[Literal["ok", "unreachable"], Field(description="Whether it answered the service")]
    outbox: Outbox
    queues: list[Queue]


class Part(BaseModel):
    """A piece of a payload, by where it is: what kind of value, and how long. Never the value."""

    path: Annotated[str, Field(description="As `data.owner`; empty: the whole")]
    kind: Kind
    length: Annotated[
        int | None, Field(description="Characters of a text, entries of a list or object, bytes")
    ]


class DeadLetter(BaseModel):
    id: str
    queue: str
    event_id: Annotated[str | None, Field(description="`null`: the message has none that could be one")]
    event_type: Annotated[str | None, Field(description="What the message claims to be")]
    happened_at: Annotated[datetime | None, Field(description="When the event was made")]
    buried_at: Annotated[datetime, Field(description="Since when it is a dead letter")]
    reason: str
    tries: Annotated[int, Field(description="How often it has failed")]
    state: Annotated[Literal["waiting", "sent_again"], Field(description="`sent_again`: it is being tried")]
    on_behalf: Annotated[
        bool, Field(description="Whether it acts for a person: sent again, it gets a fresh token")
    ]
    size: Annotated[int, Field(description="Bytes of the payload")]
    shape: Annotated[list[Part], Field(description="The first hundred pieces")]


class DeadLetters(BaseModel):
    """A page of dead letters, what was found last first."""

    items: list[DeadLetter]
    next: str | None
