"""Versions of a document as ETags, and the conditions that name them (RFC 9110, section 13.1)."""

import re

from servicekit.problems import BadRequest

ENTITY_TAG = r'(?:W/)?"[\x21\x23-\x7e\x80-\xff]*"'
TAGS = re.compile(rf"[ \t,]*{ENTITY_TAG}(?:[ \t]*,[ \t,]*{ENTITY_TAG})*[ \t,]*")
OURS = re.compile(r'(W/)?"([1-9][0-9]{0,8})"')


def etag(version: int) -> str:
    """Strong: it names the saved text itself."""
    return f'"{version}"'


def expected_versions(if_match: str) -> frozenset[int] | None:
    """The versions that If-Match accepts, None for any. Weak tags never match (strong comparison)."""
    if if_match.strip() == "*":
        return None
    return frozenset(version for version, weak in _parse(if_match) if not weak)


def is_known(version: int, if_none_match: str | None) -> bool:
    """Whether the client has this version already (weak comparison)."""
    if if_none_match is None:
        return False
    return if_none_match.strip() == "*" or version in {known for known, _ in _parse(if_none_match)}


def _parse(header: str) -> list[tuple[int, bool]]:
    """Each ETag of ours in the header, and whether it is weak; those of others cannot match anyway."""
    if not TAGS.fullmatch(header):
        raise BadRequest('ETags are written in quotes, as "7", with commas between them.')
    tags = (OURS.fullmatch(tag) for tag in re.findall(ENTITY_TAG, header))
    return [(int(tag[2]), tag[1] is not None) for tag in tags if tag]
