"""What all tables of the backend have in common."""

from sqlalchemy import MetaData
from sqlalchemy.orm import DeclarativeBase

from servicekit.events import tables

NAMES = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}


class Base(DeclarativeBase):
    metadata = MetaData(naming_convention=NAMES)


tables.add_to(Base.metadata)
