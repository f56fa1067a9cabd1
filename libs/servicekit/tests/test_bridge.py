"""A service behind the bridge: it answers as any other, and learns who has gone before there is an answer."""

import os
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing

import httpx2
import pytest

from scripts.ports import free_block
from tests.support.waiting import LONG, until

SERVICE = """
import time

from apiflask import APIBlueprint
from flask import Response, request

from servicekit import create_service, presence
from servicekit.bridge import Bridge
from servicekit.command import serve
from servicekit.guards import Room, open_to_all
from servicekit.settings import Settings

room = APIBlueprint("room", __name__)
gone = []

@room.post("/echo")
def echo():
    told = {"host": request.host, "address": request.remote_addr, "path": request.path, "word": request.args["word"]}
    return told | {"body": request.get_data(as_text=True), "seen": request.headers.get("X-Request-ID")}

@room.get("/waits")
def waits():
    is_gone = presence.watched()
    while not is_gone():
        time.sleep(0.02)
    gone.append("waits")
    raise presence.ClientGone

@room.get("/streams")
def streams():
    def pieces():
        try:
            yield b"first"
            while True:
                time.sleep(0.02)
                yield b""
        finally:
            gone.append("streams")
    return Response(pieces())

@room.get("/gone")
def who():
    return {"gone": gone}

def app():
    made = create_service("notes", rooms=[Room(room, "", open_to_all)], max_body=1000)
    return Bridge(made, 8, 1000)

if __name__ == "__main__":
    serve("notes:app", Settings.from_environment(), bridged=True)
"""


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory) -> Iterator[httpx2.Client]:
    folder, port = tmp_path_factory.mktemp("bridged"), free_block(1)
    (folder / "notes.py").write_text(SERVICE)
    env = {"PORT": str(port), "PYTHONPATH": os.pathsep.join([str(folder), *sys.path]), "TMPDIR": str(folder)}
    with (
        subprocess.Popen([sys.executable, "-m", "notes"], cwd=folder, env=env) as process,
        httpx2.Client(base_url=f"http://127.0.0.1:{port}", trust_env=False, timeout=LONG) as client,
    ):
        until(lambda: answers(client))
        yield client
        process.terminate()
        assert process.wait(LONG) == 0


def answers(client: httpx2.Client) -> bool:
    try:
        return client.get("/healthz").status_code == 200
    except httpx2.TransportError:
        return False


def test_a_request_arrives_whole(service: httpx2.Client) -> None:
    headers = {"X-Request-ID": "0123456789abcdef", "X_Request_ID": "forged0123456789"}
    answer = service.post("/echo", params={"word": "ñ ñ"}, content="año", headers=headers)
    assert answer.json() == {
        "host": str(service.base_url.netloc, "ascii"), "address": "127.0.0.1", "path": "/echo", "word": "ñ ñ",
        "body": "año", "seen": "0123456789abcdef",
    }  # fmt: skip
    assert answer.headers["X-Request-ID"] == "0123456789abcdef"
    assert int(answer.headers["Content-Length"]) == len(answer.content)


def test_what_there_is_not_and_what_is_too_long_are_told(service: httpx2.Client) -> None:
    assert service.get("/nothing").json()["type"] == "/docs/errors/not-found"
    assert service.post("/echo", params={"word": "a"}, content=b"x" * 1001).status_code == 413
    pieces = iter([b"x" * 600, b"x" * 600])
    assert service.post("/echo", params={"word": "a"}, content=pieces).status_code == 413
    head = service.head("/healthz")
    assert (head.status_code, head.content) == (200, b"")
    assert service.get("/healthz").json() == {"status": "ok"}


@pytest.mark.parametrize("path", ["/waits", "/streams"])
def test_who_goes_is_missed_before_there_is_an_answer_and_in_the_middle_of_one(
    service: httpx2.Client, path: str
) -> None:
    host, port = service.base_url.host, service.base_url.port
    with closing(socket.create_connection((host, port or 80), timeout=LONG)) as client:
        client.sendall(f"GET {path} HTTP/1.1\r\nHost: here\r\n\r\n".encode())
        if path == "/streams":
            assert client.recv(12) == b"HTTP/1.1 200"
        else:
            client.settimeout(0.5)
            with pytest.raises(TimeoutError):
                client.recv(1)
    until(lambda: path.strip("/") in service.get("/gone").json()["gone"])
