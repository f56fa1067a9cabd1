"""What the door costs for AI: embeddings and chat through the gateway, against their runtimes alone.

    PYTHONPATH=.:libs:services .venv/bin/python bench/ai_gate.py [embeddings|chat] [--rounds 6] [--texts 16]

It starts a platform of its own on free ports, signs in, and takes an access token. Beside it run the runtimes alone:
the model of embeddings in a bare server (bench/ai_bare.py), and a second process of the bundled chat model, asked
directly. Both are asked in turn in short blocks, so that whatever else the machine does weighs on both. Absolute times
are of this machine at this moment; the ratios are what counts.
"""

import argparse
import http.client
import itertools
import json
import os
import random
import statistics
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from typing import Any, NamedTuple
from urllib.parse import urlsplit

from ai.local.process import LocalModel
from ai.models.catalog import CHAT, EMBEDDING
from ai.settings import Settings
from scripts.ports import free_block
from scripts.shell import ROOT
from tests.support import people, run_folder
from tests.support.platform import Platform, running_platform
from tests.support.process_tree import descendants, seconds_of
from tests.support.waiting import until

SETTINGS = {"RATE_API": "100000r/s", "AI_BUDGET_DAY": "1000000000", "AI_BUDGET_MONTH": "1000000000"}
WORDS = (
    "door",
    "house",
    "key",
    "rain",
    "street",
    "letter",
    "bread",
    "river",
    "garden",
    "window",
    "stone",
    "winter",
)
IN_THE_WAY = ("gateway", "backend", "ai")
PIECES = 24  # tokens of an answer


class Side(NamedTuple):
    """One of the two that are compared: where it is, and with which key."""

    address: str
    key: str
    path: str


@dataclass
class Measured:
    """Of each block or question, through the door and alone."""

    door: list[float] = field(default_factory=list)
    alone: list[float] = field(default_factory=list)

    @property
    def ratios(self) -> list[float]:
        """Of the pairs, which were measured one after the other."""
        return [door / alone for door, alone in zip(self.door, self.alone, strict=True)]

    @property
    def ratio(self) -> float:
        return statistics.median(self.ratios)


def main() -> None:
    arguments = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    arguments.add_argument("what", nargs="?", choices=["embeddings", "chat"])
    arguments.add_argument("--rounds", type=int, default=6)
    arguments.add_argument("--seconds", type=float, default=5, help="of a block of embeddings")
    arguments.add_argument("--clients", type=int, default=16)
    arguments.add_argument("--texts", type=int, default=16, help="in a request")
    arguments.add_argument("--words", type=int, default=30, help="in a text, at most")
    arguments.add_argument("--questions", type=int, default=30, help="to each of the two chats")
    told = arguments.parse_args()
    run_folder.make()
    try:
        with running_platform(SETTINGS) as platform:
            key = token(platform)
            if told.what != "chat":
                embeddings(platform, key, told)
            if told.what != "embeddings":
                chat(platform, key, told.questions)
    finally:
        run_folder.remove()


def token(platform: Platform) -> str:
    with closing(people.sign_in(platform.url, "mar")) as mar:
        asked = {"name": "bench", "permissions": ["ai:use"]}
        return str(mar.post("/api/account/tokens", json=asked).json()["token"])


def embeddings(platform: Platform, key: str, told: argparse.Namespace) -> None:
    """Texts a second with so many clients at once, and the processor time that each takes."""
    with bare_server() as (port, bare):
        door = Side(f"127.0.0.1:{platform.ports['gateway']}", key, "/api/ai/v1/embeddings")
        alone = Side(f"127.0.0.1:{port}", "", "/")
        rates, costs = Measured(), Measured()
        for number in range(told.rounds + 1):  # the first one warms up
            blocks = [(rates.door, costs.door, door), (rates.alone, costs.alone, alone)]
            for speeds, spent, side in blocks if number % 2 else reversed(blocks):
                before = processor_time(platform, bare)
                texts, seconds = block(side, told)
                after = processor_time(platform, bare)
                if number:
                    speeds.append(texts / seconds)
                    spent.append((after[side is alone] - before[side is alone]) / texts * 1000)
    print(
        f"embeddings, {told.clients} clients, {told.texts} texts a request: "
        f"{statistics.median(rates.door):.0f} texts/s through the door, {statistics.median(rates.alone):.0f} alone, "
        f"ratio {rates.ratio:.2f} ({min(rates.ratios):.2f} to {max(rates.ratios):.2f}, {told.rounds} pairs); "
        f"processor time of a text {statistics.median(costs.door):.2f} ms and {statistics.median(costs.alone):.2f} ms, "
        f"ratio {1 / costs.ratio:.2f}; load {os.getloadavg()[0]:.0f}",
        flush=True,
    )


def block(side: Side, told: argparse.Namespace) -> tuple[int, float]:
    """How many texts, and in how many seconds."""
    over, asked = threading.Event(), itertools.count()

    def client(seed: int) -> None:
        words = random.Random(seed)  # noqa: S311 - no secret
        with closing(http.client.HTTPConnection(side.address, timeout=120)) as connection:
            while not over.is_set():
                lengths = [words.randint(3, told.words) for _ in range(told.texts)]
                texts = [" ".join(words.choices(WORDS, k=length)) for length in lengths]
                body = {"model": EMBEDDING.id, "input": texts, "encoding_format": "base64"}
                answer = ask(connection, side, body)
                if len(json.loads(answer.read())["data"]) != len(texts):
                    raise SystemExit("not all texts came back")
                next(asked)

    began = time.perf_counter()
    with ThreadPoolExecutor(told.clients) as threads:
        clients = [threads.submit(client, seed) for seed in range(told.clients)]
        over.wait(told.seconds)
        over.set()
        for each in clients:
            each.result()
    return next(asked) * int(told.texts), time.perf_counter() - began


def processor_time(platform: Platform, bare: int) -> tuple[float, float]:
    """Seconds that those who have to do with a request have taken so far, and that the bare server has."""
    door = (seconds_of_all(platform.parts[name].pid or 0) for name in IN_THE_WAY)
    return sum(door), seconds_of_all(bare)


def seconds_of_all(pid: int) -> float:
    """Of a process with all that it has started."""
    return seconds_of(pid) + sum(seconds_of(child) for child, _ in descendants(pid))


def chat(platform: Platform, key: str, questions: int) -> None:
    """Each question is asked here and there, one after the other; nobody has asked it before."""
    runtime = LocalModel(CHAT)
    try:
        address = runtime.ready()
        host = urlsplit(address.url)
        door = Side(f"127.0.0.1:{platform.ports['gateway']}", key, "/api/ai/v1/chat/completions")
        alone = Side(host.netloc, address.key, f"{host.path}/chat/completions")
        first, rates = Measured(), Measured()
        for number in range(questions + 2):  # the first ones load what is loaded once
            sides = [(first.door, rates.door, door), (first.alone, rates.alone, alone)]
            for waits, speeds, side in sides if number % 2 else reversed(sides):
                wait, speed = streamed(side, number)
                if number >= 2:
                    waits.append(wait)
                    speeds.append(speed)
    finally:
        runtime.stop()
    more = (statistics.median(first.door) - statistics.median(first.alone)) * 1000
    print(
        f"chat, {questions} questions: first token {statistics.median(first.door) * 1000:.0f} ms through the door, "
        f"{statistics.median(first.alone) * 1000:.0f} ms alone, {more:+.0f} ms; "
        f"{statistics.median(rates.door):.1f} and {statistics.median(rates.alone):.1f} tokens/s, "
        f"ratio {rates.ratio:.2f}; load {os.getloadavg()[0]:.0f}",
        flush=True,
    )


def streamed(side: Side, number: int) -> tuple[float, float]:
    """Seconds until the first word, and words a second from then on."""
    question = f"{number}. Tell a long story of a door, a key and the rain."
    body = {
        "model": CHAT.id, "stream": True, "max_tokens": PIECES, "temperature": 0, "seed": 1,
        "messages": [{"role": "user", "content": question}],
    }  # fmt: skip
    with closing(http.client.HTTPConnection(side.address, timeout=120)) as connection:
        connection.connect()
        began = time.perf_counter()
        answer = ask(connection, side, body)
        times = [time.perf_counter() for _ in said(answer)]
    if len(times) < PIECES // 2:
        raise SystemExit("the answer broke off")
    return times[0] - began, (len(times) - 1) / (times[-1] - times[0])


def said(answer: http.client.HTTPResponse) -> Iterator[Any]:
    while (line := answer.readline().strip()) != b"data: [DONE]":
        if line.startswith(b"data: "):
            for choice in json.loads(line.removeprefix(b"data: "))["choices"]:
                if choice["delta"].get("content"):
                    yield choice


def ask(connection: http.client.HTTPConnection, side: Side, body: dict[str, Any]) -> http.client.HTTPResponse:
    headers = {"Content-Type": "application/json"} | (
        {"Authorization": f"Bearer {side.key}"} if side.key else {}
    )
    connection.request("POST", side.path, json.dumps(body), headers)
    answer = connection.getresponse()
    if answer.status != 200:
        raise SystemExit(f"{side.path} answered {answer.status}: {answer.read()!r}")
    return answer


@contextmanager
def bare_server() -> Iterator[tuple[int, int]]:
    """Its port, and the id of its process."""
    port = free_block(1)
    command = (sys.executable, "bench/ai_bare.py", str(port), str(Settings().threads))
    with subprocess.Popen(command, cwd=ROOT) as process:
        try:
            until(lambda: answers(port), 60)
            yield port, process.pid
        finally:
            process.terminate()


def answers(port: int) -> bool:
    try:
        with closing(http.client.HTTPConnection("127.0.0.1", port, timeout=5)) as connection:
            connection.request("POST", "/", "{}")
            return connection.getresponse().status == 200
    except OSError:
        return False


if __name__ == "__main__":
    main()
