"""`make up`: to the box, and to one clear line and nothing left behind when it cannot be."""

import os
import signal
import socket
from pathlib import Path

import httpx2
import pytest

from scripts.gateway import private_folders
from scripts.ports import free_block
from scripts.processes import answers
from scripts.stack import MOST_PORTS
from tests.support.process_tree import still_there
from tests.tooling.conftest import MakeUp, Up, gone

# Nothing answers there: whoever wants the network does not get it.
NO_NETWORK = dict.fromkeys(("HTTPS_PROXY", "HTTP_PROXY", "https_proxy", "http_proxy"), "http://127.0.0.1:9")


# Where it is enough that some parts start; those of the AI service take the longest.
WITHOUT_AI = {"AI": "off"}


def told_failure(up: Up) -> str:
    """The one line that tells what went wrong."""
    assert up.exit_code() != 0
    lines = [line for line in up.output.splitlines() if line.startswith("✗")]
    assert len(lines) == 1, up.output
    assert "Traceback" not in up.output
    return lines[0]


def test_it_runs_until_ctrl_c_and_leaves_nothing_behind(make_up: MakeUp, folder: Path) -> None:
    up = make_up()
    up.wait_until_ready()
    assert f"http://localhost:{up.port}" in up.output
    assert all(name in up.output for name in ("Ada", "Mar", "Pau", "Eva"))
    assert httpx2.get(f"http://127.0.0.1:{up.port}/").status_code == 200
    running = up.processes()
    assert len(running) >= 8  # four parts, the workers of three of them, and who started them

    up.interrupt()
    up.exit_code()
    assert still_there(running) == set()
    assert not any(path.exists() for path in private_folders(folder / "var" / "nginx"))


def test_the_second_start_needs_no_network_and_keeps_secrets_and_data(make_up: MakeUp, folder: Path) -> None:
    first = make_up()
    first.wait_until_ready()
    first.interrupt()
    first.exit_code()
    kept = {path: path.read_bytes() for path in (folder / "secrets").iterdir()}

    second = make_up(**NO_NETWORK)
    second.wait_until_ready()
    steps = [line.split("  ")[1] for line in second.output.splitlines() if line.startswith("  ")]
    assert steps == ["Secrets", "Start"]
    assert kept == {path: path.read_bytes() for path in (folder / "secrets").iterdir()}


@pytest.mark.parametrize("part", ["gateway", "documents"])
def test_the_end_of_one_part_is_told_and_ends_the_rest(make_up: MakeUp, part: str) -> None:
    up = make_up(**WITHOUT_AI)
    up.wait_until_ready()
    running = up.processes()
    os.kill(_listening_part(up, part), signal.SIGKILL)
    assert f"{part} was ended by SIGKILL" in told_failure(up)
    assert gone(running)


def _listening_part(up: Up, name: str) -> int:
    """The part's first process: of its command line, only the beginning of a gateway's is nginx's own."""
    wanted = "nginx: master" if name == "gateway" else f"-m {name} web"
    for pid, _ in up.processes():
        command = Path(f"/proc/{pid}/cmdline").read_bytes().replace(b"\0", b" ").decode()
        if wanted in command and _parent_is_up(pid):
            return pid
    raise AssertionError(f"{name} does not run")


def _parent_is_up(pid: int) -> bool:
    parent = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[1]
    return b"scripts.up" in Path(f"/proc/{parent}/cmdline").read_bytes()


def test_when_it_is_killed_itself_nothing_is_left(make_up: MakeUp) -> None:
    up = make_up()
    up.wait_until_ready()
    running = up.processes()
    os.killpg(up.make.pid, signal.SIGKILL)
    assert gone(running)


def test_a_second_one_in_the_same_folder_is_refused(make_up: MakeUp) -> None:
    first = make_up(**WITHOUT_AI)
    first.wait_until_ready()
    assert f"http://localhost:{first.port}" in told_failure(make_up())
    assert answers(f"http://127.0.0.1:{first.port}/healthz")


@pytest.mark.parametrize(
    ("offset", "part"), [(0, "gateway"), (1, "backend"), (2, "documents"), (3, "demo_idp")]
)
def test_a_taken_port_is_told_with_a_way_out(make_up: MakeUp, offset: int, part: str) -> None:
    port = free_block(MOST_PORTS)
    with socket.create_server(("127.0.0.1", port + offset)):
        line = told_failure(make_up(port=port))
    assert f"Port {port + offset} ({part}) is taken" in line
    assert "make up PORT=" in line


@pytest.mark.parametrize("port", ["eighty", "0", "65533"])
def test_a_wrong_port_is_told(make_up: MakeUp, port: str) -> None:
    assert "PORT must be" in told_failure(make_up(port=port))


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("master-key", "not a key\n"),
        ("master-key", ""),
        ("demo-idp-key.pem", "-----BEGIN PRIVATE KEY-----\nabc\n-----END PRIVATE KEY-----\n"),
        ("demo-client-secret", "short\n"),
        ("service-key-documents.pem", "-----BEGIN PRIVATE KEY-----\nabc\n-----END PRIVATE KEY-----\n"),
        ("client-secret.json", '{"web": {"client_id": "x"}}'),
        ("client-secret.json", "<html>"),
        ("client-secret.json", "[]"),
    ],
)
def test_a_broken_secret_file_is_named_and_kept(
    make_up: MakeUp, folder: Path, name: str, content: str
) -> None:
    secret = folder / "secrets" / name
    secret.parent.mkdir()
    secret.write_text(content)
    line = told_failure(make_up())
    assert f"{secret} is broken" in line
    assert secret.read_text() == content


@pytest.mark.parametrize(
    ("settings", "told"),
    [
        ({"SIGNUP": "everybody"}, "SIGNUP"),
        ({"PUBLIC_URL": "zaguan.example"}, "PUBLIC_URL"),
        ({"RATE_API": "fast"}, "RATE_API"),
        ({"BIND": "everywhere"}, "BIND"),
        ({"ENVIRONMENT": "staging"}, "ENVIRONMENT"),
        ({"BACKEND_DATABASE_URL": "zaguan"}, "DATABASE_URL"),
        ({"BACKEND_DATABASE_URL": "mysql+pymysql://a:b@127.0.0.1:1/x"}, "Can't connect"),
    ],
)
def test_a_wrong_setting_is_named_and_nothing_is_left(
    make_up: MakeUp, folder: Path, settings: dict[str, str], told: str
) -> None:
    up = make_up(**WITHOUT_AI, **settings)
    assert told in told_failure(up)
    assert not any(path.exists() for path in private_folders(folder / "var" / "nginx"))
    assert not any(answers(f"http://127.0.0.1:{up.port + offset}/healthz") for offset in range(4))


def test_the_env_file_sets_what_the_environment_does_not(make_up: MakeUp, folder: Path) -> None:
    (folder / "env").write_text("PUBLIC_URL=http://127.0.0.1:9999\nSIGNUP=everybody\n")
    up = make_up(**WITHOUT_AI, SIGNUP="open")
    up.wait_until_ready()
    assert "Zaguán is ready: http://127.0.0.1:9999" in up.output
