"""What the service's tables are declared on."""

from sqlalchemy.orm import DeclarativeBase

from servicekit.events import tables


class Base(DeclarativeBase):
    """The tables of this service."""


tables.add_to(Base.metadata)
