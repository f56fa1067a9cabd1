"""What the service's tables are declared on."""

from sqlalchemy.orm import DeclarativeBase

from servicekit.events import tables as events
from servicekit.jobs import tables as jobs


class Base(DeclarativeBase):
    """The tables of this service."""


events.add_to(Base.metadata)
jobs.add_to(Base.metadata)
