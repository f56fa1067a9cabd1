"""Who may do what in MySQL: one user per service."""

from collections.abc import Mapping

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
