"""What administrators see of the events of all services."""

from typing import Annotated, Literal

from pydantic import BaseModel, Field

from servicekit.operations.schemas import ServiceState

State = Literal["ok", "unreachable", "unknown"]


class ServiceEvents(BaseModel):
    name: str
    state: Annotated[
        State,
        Field(
            description="`unreachable`: it does not answer. `unknown`: it does not tell, or is not in PEERS"
        ),
    ]
    events: Annotated[ServiceState | None, Field(description="`null` unless it answered")]


class Operations(BaseModel):
    """The events of all services at this moment."""

    services: list[ServiceEvents]
