"""The document that a job is about, as it was when the job was submitted; and the one that it makes, saved once."""

import json
from collections.abc import Generator
from dataclasses import asdict, dataclass

from servicekit import as_user
from servicekit.ids import new_id
from servicekit.jobs import JobFailed, Line, Outcome, Step, Work
from servicekit.problems import ChangedMeanwhile, Forbidden, NotFound, TooLarge

LONGEST_TITLE = 200
SAVING = 30.0  # seconds


@dataclass(frozen=True)
class Draft:
    """What is written in a document."""

    title: str
    body: str
    tags: tuple[str, ...] = ()


def of(work: Work) -> Draft:
    with work.content() as content:
        told = json.loads(content.read())
    return Draft(told["title"], told["body"], tuple(told["tags"]))


def check_is_there(work: Work) -> None:
    """Nothing is made of what its person has deleted meanwhile."""
    try:
        as_user("documents", "documents:read").head(f"/{work.job.params['document']}")
    except NotFound:
        raise JobFailed("document_gone", "The document is not there any more.") from None


def is_saved(work: Work) -> bool:
    """Whether all is done, and only the job's end is left: its turn was over after the last step."""
    return work.job.total is not None and work.job.done >= work.job.total


def begun(work: Work, total: int) -> Generator[Step, None, str]:
    """The id of the document that is going to be made, kept before anything is: tried again, it is the same."""
    if work.job.position is not None:
        return str(work.job.position)
    check_is_there(work)
    made = new_id()
    yield Step(0, total, made)
    return made


def saved(
    work: Work, made: str, draft: Draft, total: int, code: str | None = None, detail: str | None = None
) -> Step:
    """The last step. Whoever is killed between the two saves nothing twice: the id says that it is there already."""
    check_is_there(work)
    work.check()
    written = asdict(draft) | {"title": draft.title[:LONGEST_TITLE].strip()}
    try:
        as_user("documents", "documents:write").put(
            f"/{made}", json=written, headers={"If-None-Match": "*"}, timeout=SAVING
        )
    except ChangedMeanwhile:
        pass  # it was saved by who was killed before they could tell
    except TooLarge:
        raise JobFailed(
            "too_large", "What was made is over 1 MB. Split the document, and begin again."
        ) from None
    except Forbidden as refusal:
        raise JobFailed("forbidden", refusal.detail) from None
    line = Line(written["title"], Outcome.SUCCEEDED, code, detail, made)
    return Step(total, total, made, [line])
