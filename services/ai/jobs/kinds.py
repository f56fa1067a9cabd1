"""The kinds of job that the worker does."""

from ai.parts import Parts
from servicekit.jobs import Kind


def kinds(_parts: Parts) -> list[Kind]:
    return []
