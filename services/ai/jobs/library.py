"""All documents of a person, for jobs that go through them in the order of their ids."""

from typing import NamedTuple

from servicekit import as_service
from servicekit.jobs import Work

AT_ONCE = 1000


class Place(NamedTuple):
    """Where such a job is: how many of how many are done, and the last of them."""

    done: int
    total: int
    last: str

    @classmethod
    def of(cls, work: Work) -> "Place":
        return cls(*(work.job.position or (0, 0, "")))

    def after(self, ids: list[str], left: int) -> "Place":
        """These are done, and so many are left."""
        return Place(self.done + len(ids), self.done + len(ids) + left, ids[-1] if ids else self.last)


def ids_of(owner: str, after: str) -> list[str]:
    """Those that there are now, from one on; asked as ourselves, as the index asks."""
    found, at = list[str](), after or None
    while True:
        asked: dict[str, str | int] = {"owner": owner, "limit": AT_ONCE}
        page = as_service("documents", "documents:index").get(
            "/documents", params=asked | ({"after": at} if at else {})
        )
        told = page.json()
        found += [item["id"] for item in told["items"]]
        at = told["next"]
        if at is None:
            return found
