"""What RabbitMQ is told when it starts: its exchanges, queues and bindings, and who may do what with them.

All of it comes from contracts/events/topology.toml. Nobody else makes or removes anything: no user may configure.
"""

import base64
import hashlib
import json
import re
import secrets
import tomllib
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

TOPOLOGY = Path(__file__).resolve().parents[1] / "contracts" / "events" / "topology.toml"
VHOST = "zaguan"

NOTHING = "^$"
HERE = {"vhost": VHOST, "durable": True, "auto_delete": False}
RETRIES = {
    "delivery-limit": 4,  # times more: after five failures it is a dead letter
    "delayed-retry-type": "failed",
    "delayed-retry-min": 500,  # milliseconds, times the failures
    "delayed-retry-max": 5000,
    "dead-letter-strategy": "at-least-once",
    "overflow": "reject-publish",  # which that strategy asks for
}

Definitions = dict[str, Any]


def definitions(passwords: Mapping[str, str]) -> Definitions:
    """One virtual host, and a user per service; without `guest`, without an administrator."""
    exchanges, queues = _topology()
    return {
        "vhosts": [{"name": VHOST}],
        "users": [_user(name, password) for name, password in passwords.items()],
        "exchanges": _exchanges(exchanges, queues),
        "queues": [_queue(name) for queue in queues for name in (queue, f"{queue}.dead")],
        "bindings": _bindings(exchanges, queues),
        "policies": [policy for name in queues for policy in (_policy(name), _policy_of_dead(name))],
        "permissions": [_permission(name, exchanges, queues) for name in passwords],
        "topic_permissions": [right for name in passwords for right in _topic_permissions(name, exchanges)],
    }


def fingerprint() -> str:
    """Of all that does not depend on passwords: docker-compose.yml names it, so that a change reaches the broker."""
    told = json.dumps(definitions(dict.fromkeys(_users(), "")) | {"users": []}, sort_keys=True)
    return hashlib.sha256(told.encode()).hexdigest()[:12]


def _users() -> list[str]:
    return sorted({_owner(name) for names in _topology() for name in names})


def _topology() -> tuple[dict[str, list[str]], dict[str, list[str]]]:
    told = tomllib.loads(TOPOLOGY.read_text(encoding="utf-8"))
    return told["exchanges"], told["queues"]


def _owner(name: str) -> str:
    return name.partition(".")[0]


def _user(name: str, password: str) -> Definitions:
    algorithm = "rabbit_password_hashing_sha256"
    return {"name": name, "password_hash": _hash(password), "hashing_algorithm": algorithm, "tags": ""}


def _hash(password: str) -> str:
    """As RabbitMQ stores it: four bytes of salt, then the SHA-256 of salt and password."""
    salt = secrets.token_bytes(4)
    return base64.b64encode(salt + hashlib.sha256(salt + password.encode()).digest()).decode()


def _exchanges(exchanges: Iterable[str], queues: Iterable[str]) -> list[Definitions]:
    """Of the topic kind, where rights can be given by event; and one per service for its dead letters."""
    kinds = dict.fromkeys(exchanges, "topic") | {f"{_owner(queue)}.dead": "direct" for queue in queues}
    return [
        {"name": name, "type": kind, **HERE, "internal": False, "arguments": {}}
        for name, kind in kinds.items()
    ]


def _queue(name: str) -> Definitions:
    return {"name": name, **HERE, "arguments": {"x-queue-type": "quorum"}}


def _bindings(exchanges: Mapping[str, list[str]], queues: Mapping[str, list[str]]) -> list[Definitions]:
    source = {event: name for name, events in exchanges.items() for event in events}
    bound = [(source[event], event, queue) for queue, events in queues.items() for event in events]
    buried = [(f"{_owner(queue)}.dead", queue, f"{queue}.dead") for queue in queues]
    to_queue = {"vhost": VHOST, "destination_type": "queue", "arguments": {}}
    return [
        {"source": exchange, "routing_key": key, "destination": queue, **to_queue}
        for exchange, key, queue in bound + buried
    ]


def _policy(queue: str) -> Definitions:
    dead = {"dead-letter-exchange": f"{_owner(queue)}.dead", "dead-letter-routing-key": queue}
    return _policy_of(queue, {**RETRIES, **dead})


def _policy_of_dead(queue: str) -> Definitions:
    """Unlimited: after twenty lookers that were killed while they looked, the broker would throw a letter away."""
    return _policy_of(f"{queue}.dead", {"delivery-limit": -1})


def _policy_of(queue: str, definition: Definitions) -> Definitions:
    """A policy can be changed later, a queue's arguments cannot."""
    return {
        "vhost": VHOST,
        "name": queue,
        "pattern": f"^{re.escape(queue)}$",
        "apply-to": "quorum_queues",
        "priority": 0,
        "definition": definition,
    }


def _permission(user: str, exchanges: Iterable[str], queues: Iterable[str]) -> Definitions:
    """Write to one's own exchanges, read from one's own queues, and nothing else."""
    mine = [queue for queue in queues if _owner(queue) == user]
    write = [*(name for name in exchanges if _owner(name) == user), *([f"{user}.dead"] if mine else [])]
    return {
        "user": user,
        "vhost": VHOST,
        "configure": NOTHING,
        "write": _only(write),
        "read": _only([*mine, *(f"{queue}.dead" for queue in mine)]),
    }


def _topic_permissions(user: str, exchanges: Mapping[str, list[str]]) -> list[Definitions]:
    """Of one's own exchange, no other events than one's own."""
    return [
        {"user": user, "vhost": VHOST, "exchange": name, "write": _only(events), "read": NOTHING}
        for name, events in exchanges.items()
        if _owner(name) == user
    ]


def _only(names: Iterable[str]) -> str:
    names = [re.escape(name) for name in names]
    return f"^({'|'.join(names)})$" if names else NOTHING
