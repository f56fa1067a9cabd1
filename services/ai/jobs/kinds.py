"""The kinds of job that the worker does."""

from ai.jobs import index, summarise, tag, translate
from ai.parts import Parts
from servicekit.jobs import Kind


def kinds(parts: Parts) -> list[Kind]:
    return [module.kind(parts) for module in (summarise, translate, index, tag)]
