"""What the door costs: GET /api/account through the gateway against the same handler reached directly.

    PYTHONPATH=.:libs:services .venv/bin/python bench/gate.py [--requests 4000]

It starts a platform of its own on free ports, signs in, and asks in alternating blocks over one kept-alive
connection each, so that whatever else the machine does weighs on both. Absolute times are of this machine at this
moment; the ratio is what counts.
"""

import argparse
import http.client
import statistics
import time
from collections.abc import Iterator
from contextlib import closing

import httpx2

from tests.support import people, run_folder
from tests.support.platform import Platform, running_platform

PATH = "/api/account"
BLOCK = 100


def main() -> None:
    arguments = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    arguments.add_argument("--requests", type=int, default=4000, help="at each of the two")
    rounds = arguments.parse_args().requests // BLOCK
    run_folder.make()
    try:
        with running_platform({"RATE_API": "100000r/s"}) as platform:
            report(*measure(platform, rounds))
    finally:
        run_folder.remove()


def measure(platform: Platform, rounds: int) -> tuple[list[float], list[float]]:
    """Milliseconds of each request through the gate, and directly."""
    with closing(people.sign_in(platform.url, "mar")) as mar:
        cookie = {"Cookie": f"__Host-session={mar.cookies['__Host-session']}"}
    gate = http.client.HTTPConnection("127.0.0.1", platform.ports["gateway"])
    direct = http.client.HTTPConnection("127.0.0.1", platform.ports["backend"])
    through, straight = [], []
    with closing(gate), closing(direct):
        for round_ in range(rounds + 1):  # the first one warms up
            gated = list(block(gate, cookie))
            bare = list(block(direct, identity(platform, cookie)))
            if round_:
                through += gated
                straight += bare
    return through, straight


def block(connection: http.client.HTTPConnection, headers: dict[str, str]) -> Iterator[float]:
    for _ in range(BLOCK):
        began = time.perf_counter()
        connection.request("GET", PATH, headers=headers)
        answer = connection.getresponse()
        answer.read()
        yield (time.perf_counter() - began) * 1000
        if answer.status != 200:
            raise SystemExit(f"{PATH} answered {answer.status}")


def identity(platform: Platform, cookie: dict[str, str]) -> dict[str, str]:
    """A fresh identity token, as the gateway gets it."""
    asked = f"{platform.direct('backend')}/internal/authorize"
    answer = httpx2.get(asked, headers={"X-Audience": "backend", **cookie}, trust_env=False)
    return {"Authorization": f"Bearer {answer.headers['X-Identity-Token']}"}


def report(through: list[float], straight: list[float]) -> None:
    for name, times in (("through the gate", through), ("directly", straight)):
        p50, p99 = statistics.median(times), statistics.quantiles(times, n=100)[98]
        print(f"{name:17} {len(times)} requests  p50 {p50:.2f} ms  p99 {p99:.2f} ms")
    print(f"ratio of the p50  {statistics.median(through) / statistics.median(straight):.2f}")


if __name__ == "__main__":
    main()
