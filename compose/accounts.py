"""Who may do what in MySQL and in RabbitMQ: one user per service."""

import base64
import hashlib
import secrets
from collections.abc import Mapping
from typing import Any

VHOST = "zaguan"
RIGHTS = "SELECT, INSERT, UPDATE, DELETE, CREATE, ALTER, DROP, INDEX, REFERENCES, TRIGGER"


def mysql_client(password: str) -> str:
    """The options of the server's own tools: the administrator, over TLS, certain of the server."""
    return (
        "[client]\nuser=root\nhost=db\nprotocol=TCP\ndefault-character-set=utf8mb4\n"
        f"password={password}\nssl-mode=VERIFY_IDENTITY\nssl-ca=/run/secrets/ca.pem\n"
    )


def mysql_users(passwords: Mapping[str, str]) -> str:
    """Statements that bring each service's database and user to what they should be, new or old."""
    return "".join(_mysql_user(name, password) for name, password in passwords.items())


def _mysql_user(name: str, password: str) -> str:
    return (
        f"CREATE DATABASE IF NOT EXISTS `{name}` CHARACTER SET utf8mb4;\n"
        f"CREATE USER IF NOT EXISTS '{name}'@'%';\n"
        f"ALTER USER '{name}'@'%' IDENTIFIED WITH caching_sha2_password BY '{password}' REQUIRE SSL;\n"
        f"GRANT {RIGHTS} ON `{name}`.* TO '{name}'@'%';\n"
    )


def rabbitmq_definitions(passwords: Mapping[str, str]) -> dict[str, Any]:
    """One virtual host, and a user per service; without `guest`, without an administrator."""
    users = [
        {
            "name": name,
            "password_hash": _rabbitmq_hash(password),
            "hashing_algorithm": "rabbit_password_hashing_sha256",
            "tags": "",
        }
        for name, password in passwords.items()
    ]
    may = {"vhost": VHOST, "configure": ".*", "write": ".*", "read": ".*"}
    return {
        "vhosts": [{"name": VHOST}],
        "users": users,
        "permissions": [{"user": name, **may} for name in passwords],
    }


def _rabbitmq_hash(password: str) -> str:
    """As RabbitMQ stores it: four bytes of salt, then the SHA-256 of salt and password."""
    salt = secrets.token_bytes(4)
    return base64.b64encode(salt + hashlib.sha256(salt + password.encode()).digest()).decode()
