"""The texts of documents: asked of the documents service as ourselves, for the index is the platform's."""

from collections.abc import Callable
from typing import NamedTuple

from servicekit import as_service
from servicekit.problems import NotFound


class Text(NamedTuple):
    """A document as it is now."""

    owner: str
    title: str
    body: str
    tags: tuple[str, ...]
    version: int


Texts = Callable[[str], Text | None]
"""By id; None: there is no such document any more."""


def of_documents(document_id: str) -> Text | None:
    """As documents has it now."""
    try:
        told = as_service("documents", "documents:index").get(f"/documents/{document_id}").json()
    except NotFound:
        return None
    return Text(told["owner"], told["title"], told["body"], tuple(told["tags"]), told["version"])
