"""The four people of the demo. The platform's ordinary rules decide from these claims what each may do."""

from collections.abc import Iterable
from dataclasses import dataclass

SCOPES = ("openid", "email", "profile", "offline_access")
CALENDAR = "https://www.googleapis.com/auth/calendar.readonly"
TASKS = "https://www.googleapis.com/auth/tasks.readonly"
DRIVE = "https://www.googleapis.com/auth/drive.file"
RESOURCES = (CALENDAR, TASKS, DRIVE)
"""Named as Google names them: what stands in for it is asked for the same."""


@dataclass(frozen=True)
class Account:
    """A person as this provider knows them. `hosted_domain` is Google's `hd` claim."""

    key: str
    name: str
    email: str
    locale: str
    email_verified: bool = True
    hosted_domain: str | None = None

    @property
    def subject(self) -> str:
        return f"demo-{self.key}"

    def claims(self, scopes: Iterable[str]) -> dict[str, object]:
        """What the granted `scopes` let the client know (OpenID Connect Core, section 5.4)."""
        claims: dict[str, object] = {"sub": self.subject}
        if "email" in scopes:
            claims |= {"email": self.email, "email_verified": self.email_verified}
            claims |= {"hd": self.hosted_domain} if self.hosted_domain else {}
        if "profile" in scopes:
            claims |= {"name": self.name, "locale": self.locale}
        return claims


_PEOPLE = (
    Account("ada", "Ada Zubiri", "ada@demo.example", "en", hosted_domain="demo.example"),
    Account("mar", "Mar Olmedo", "mar@demo.example", "es", hosted_domain="demo.example"),
    Account("pau", "Pau Ferrer", "pau@elsewhere.example", "es"),
    Account("eva", "Eva Lindqvist", "eva@demo.example", "en", email_verified=False),
)

ACCOUNTS = {person.key: person for person in _PEOPLE}
