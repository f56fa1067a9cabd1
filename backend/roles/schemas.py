"""What the API of roles takes and gives."""

from typing import Annotated

from pydantic import BaseModel, Field

from backend.people.schemas import RoleName

Permissions = Annotated[list[str], Field(max_length=200)]


class Permission(BaseModel):
    name: str
    description: str


class Role(BaseModel):
    name: str
    built_in: bool
    permissions: list[str]
    people: Annotated[int, Field(description="How many have it")]


class Roles(BaseModel):
    items: list[Role]
    permissions: Annotated[list[Permission], Field(description="All that there are")]


class RoleChange(BaseModel):
    permissions: Permissions


class RoleDraft(RoleChange):
    name: RoleName
