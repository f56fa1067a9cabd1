"""Who may come in: each blueprint names its guard where it is registered, each endpoint may ask for more."""

import re
from collections.abc import Callable, Sequence
from functools import wraps
from typing import NamedTuple, ParamSpec, TypeVar

from apiflask import APIBlueprint, APIFlask
from flask import Flask

from servicekit.identity import Identity, current_identity
from servicekit.problems import Forbidden, Unauthenticated

P = ParamSpec("P")
R = TypeVar("R")
Guard = Callable[[], None]


class Room(NamedTuple):
    """A blueprint, where it is, and who may come in."""

    blueprint: APIBlueprint
    prefix: str
    guard: Guard


def open_to_all() -> None:
    """No identity is needed: public documents, sign-in itself, and what only other services can reach."""


def open_to_visitors() -> None:
    """Anyone whom the gateway has identified, visitors included."""
    if current_identity().is_service:
        raise Unauthenticated


def signed_in() -> None:
    """A person, whatever they may do."""
    who = current_identity()
    if who.is_visitor or who.is_service:
        raise Unauthenticated


def services_only() -> None:
    """A service of the platform that comes as itself; what it may is in [platform] of contracts/policy.toml."""
    if not current_identity().is_service:
        raise Unauthenticated


def require(*permissions: str) -> Callable[[Callable[P, R]], Callable[P, R]]:
    """Decorate an endpoint: only for people who hold all of these permissions."""

    def decorate(view: Callable[P, R]) -> Callable[P, R]:
        @wraps(view)
        def guarded(*args: P.args, **kwargs: P.kwargs) -> R:
            for permission in permissions:
                check(current_identity(), permission)
            return view(*args, **kwargs)

        guarded.__dict__["required_permissions"] = permissions
        return guarded

    return decorate


def check(identity: Identity, permission: str) -> None:
    """403 unless `identity` holds `permission`; 401 to a visitor, who could sign in."""
    if identity.may(permission):
        return
    if identity.is_visitor:
        raise Unauthenticated
    raise Forbidden(lacking(permission))


def lacking(permission: str) -> str:
    """What is told to who comes without it. A token may have less than its person, which no administrator changes."""
    return (
        f"This needs the permission {permission}. Use an access token that has it, "
        "or ask an administrator, if you lack it yourself."
    )


def furnish(app: APIFlask, rooms: Sequence[Room]) -> None:
    """Register each blueprint behind its guard."""
    for room in rooms:
        app.register_blueprint(room.blueprint, url_prefix=room.prefix or None)
        app.before_request_funcs.setdefault(room.blueprint.name, []).append(room.guard)


def guard_table(app: Flask) -> dict[str, str]:
    """`METHOD path` → guard, for every endpoint: what the tests compare with what is expected."""
    table = {}
    for rule in app.url_map.iter_rules():
        blueprint = rule.endpoint.rpartition(".")[0] or None
        guards = [f.__name__ for f in app.before_request_funcs.get(blueprint, []) if f.__module__ == __name__]
        permissions = getattr(app.view_functions[rule.endpoint], "required_permissions", ())
        for method in sorted((rule.methods or set()) - {"HEAD", "OPTIONS"}):
            path = re.sub(r"<(?:\w+:)?(\w+)>", r"{\1}", rule.rule)
            table[f"{method} {path}"] = " ".join([*guards, *permissions]) or "none"
    return table
