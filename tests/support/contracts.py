"""Contracts with more in them: services of a test tell and hear events of their own, also on people's behalf."""

import json
import shutil
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from scripts.shell import ROOT
from servicekit.events import behalf, schemas, topology

CONTRACTS = ROOT / "contracts"
SCHEMA = {
    "title": "Something of a test",
    "description": "Subject: anything.",
    "type": "object",
    "properties": {"owner": {"type": "string"}, "number": {"type": "integer"}},
}


@dataclass(frozen=True)
class More:
    """What a test adds. `policy` is put in behind each table's name: `{"[messages]": …}`."""

    exchanges: Mapping[str, Sequence[str]]
    queues: Mapping[str, Sequence[str]]
    policy: Mapping[str, str] = field(default_factory=dict)


def write(folder: Path, more: More) -> Path:
    """The project's contracts and these, in `folder`."""
    target = folder / "contracts"
    shutil.copytree(CONTRACTS, target)
    told = (target / "events" / "topology.toml").read_text(encoding="utf-8")
    for table, rows in (("[exchanges]", more.exchanges), ("[queues]", more.queues)):
        told = _behind(told, table, "".join(f'"{name}" = {list(events)}\n' for name, events in rows.items()))
    (target / "events" / "topology.toml").write_text(told, encoding="utf-8")
    for event in {event for events in more.exchanges.values() for event in events}:
        (target / "events" / f"{event}.json").write_text(json.dumps(SCHEMA), encoding="utf-8")
    policy = (target / "policy.toml").read_text(encoding="utf-8")
    for table, text in more.policy.items():
        policy = _behind(policy, table, text)
    (target / "policy.toml").write_text(policy, encoding="utf-8")
    return target


def _behind(text: str, table: str, more: str) -> str:
    head, mark, tail = text.partition(f"\n{table}")
    assert mark, table
    comment, _, rest = tail.partition("\n")
    return f"{head}{mark}{comment}\n{more}{rest}"


@contextmanager
def known(contracts: Path) -> Iterator[None]:
    """They are those of this process, while the block runs."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(schemas, "FOLDER", contracts / "events")
        _forget()
        yield
    _forget()


def _forget() -> None:
    for kept in (behalf.speaking, topology.topology, schemas.names_known, schemas._schema, schemas._check):
        kept.cache_clear()


def library(contracts: Path) -> Path:
    """A copy of servicekit beside them, which knows no others: for the processes of a test."""
    target = contracts.parent / "libs"
    shutil.copytree(
        ROOT / "libs" / "servicekit", target / "servicekit", ignore=shutil.ignore_patterns("tests")
    )
    return target
