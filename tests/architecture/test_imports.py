"""Who may know whom."""

from pathlib import Path

import pytest

from tests.architecture.source import COMMAND_LINE, LIBRARY, SERVICES, attributes, imported, modules

ALL = {name: list(modules(folder)) for name, folder in SERVICES.items()}
# servicekit's own reader, and its test helpers, which no service imports outside its tests
ENVIRONMENT_READERS = {"settings.py"}


def cases() -> list[tuple[str, Path]]:
    return [(name, file) for name, files in ALL.items() for file in files]


def named(value: object) -> str:
    return "/".join(value.parts[-3:]) if isinstance(value, Path) else str(value)


def test_there_is_something_to_look_at() -> None:
    assert set(ALL) >= {"backend", "documents", "ai", "demo_idp"}
    assert all(len(files) > 5 for files in ALL.values())


@pytest.mark.parametrize(("service", "file"), cases(), ids=named)
def test_a_service_knows_no_other_service_and_no_tooling(service: str, file: Path) -> None:
    strangers = (set(ALL) - {service}) | {"scripts", "tests", "bench"}
    assert {name for name in imported(file) if name.split(".")[0] in strangers} == set()
    assert "servicekit.testing" not in imported(file)


@pytest.mark.parametrize("file", list(modules(LIBRARY)), ids=named)
def test_the_library_knows_no_service(file: Path) -> None:
    strangers = {*ALL, "scripts", "tests"}
    assert {name for name in imported(file) if name.split(".")[0] in strangers} == set()


@pytest.mark.parametrize("file", list(modules(COMMAND_LINE)), ids=named)
def test_the_command_line_knows_the_platform_by_http_only(file: Path) -> None:
    strangers = {*ALL, "servicekit", "scripts", "tests", "compose"}
    assert {name for name in imported(file) if name.split(".")[0] in strangers} == set()


@pytest.mark.parametrize(
    "file",
    [*modules(COMMAND_LINE), *modules(LIBRARY), *(file for _, file in cases())],
    ids=named,
)
def test_only_settings_read_the_environment(file: Path) -> None:
    reads = {"os.environ", "os.getenv"} & (attributes(file) | imported(file))
    assert not reads or file.name in ENVIRONMENT_READERS


@pytest.mark.parametrize(("service", "file"), cases(), ids=named)
def test_only_the_edge_opens_a_transaction(service: str, file: Path) -> None:
    """Routes, consumers and commands do; `service.py` works in the transaction that it is given."""
    if file.name == "service.py":
        opened = {
            name for name in attributes(file) if name.endswith((".database.write", ".commit", ".rollback"))
        }
        assert opened == set()
