"""What an event costs: from the outbox to its effect, against one client that publishes and waits for each confirm.

    PYTHONPATH=.:libs:services .venv/bin/python bench/events.py [--events 4000] [--rounds 3]

It needs Docker, builds the platform's containers and starts them on a free port, as the tests in tests/compose do:
MySQL, RabbitMQ, and the backend as they are deployed, with its relay; in place of the documents service a consumer
whose handler writes one row. In turn, so that whatever else the machine does weighs on both: one client publishes while
nobody consumes; then the backend tells events, and the clock runs from the first row in the outbox to the last row of
the handler's. In the end events come one by one, for the time from the outbox to the handler.
"""

import argparse
import json
import statistics
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from tests.compose.engine import Project, running_project
from tests.support.waiting import until

HERE = Path(__file__).resolve().parent
BARE = (HERE / "bare.py").read_text(encoding="utf-8")
COUNTING = (HERE.parent / "tests" / "compose" / "counting.py").read_text(encoding="utf-8")
TELL = (HERE.parent / "tests" / "compose" / "telling.py").read_text(encoding="utf-8")
BARE_SECONDS, STEADY = 6, 1000
QUEUES = ("documents.people", "ai.people")
PURGE = ("exec", "-T", "rabbitmq", "rabbitmqctl", "-q", "-p", "zaguan", "purge_queue")


@dataclass
class Measured:
    """Events a second, and in the end milliseconds from the outbox to the handler."""

    each: list[float] = field(default_factory=list)
    batch: list[float] = field(default_factory=list)
    through: list[float] = field(default_factory=list)
    latencies: list[float] = field(default_factory=list)


def main() -> None:
    arguments = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    arguments.add_argument("--events", type=int, default=4000, help="in each round")
    arguments.add_argument("--rounds", type=int, default=3)
    arguments.add_argument("--rate", type=float, default=50, help="events a second when they come one by one")
    told = arguments.parse_args()
    with tempfile.TemporaryDirectory() as folder, running_project(Path(folder)) as project:
        report(measure(project, told.events, told.rounds, told.rate), told.rate)


def measure(project: Project, events: int, rounds: int, rate: float) -> Measured:
    measured = Measured()
    project.compose("stop", "documents", "ai")
    project.sql("CREATE TABLE documents.counted (event_id VARCHAR(36), subject VARCHAR(64), at DOUBLE)")
    for number in range(rounds + 1):  # the first one warms up
        bare = json.loads(inside(project, BARE, str(BARE_SECONDS)))
        for queue in QUEUES:
            project.compose(
                "exec", "-T", "rabbitmq", "rabbitmqctl", "-q", "-p", "zaguan", "purge_queue", queue
            )
        with consuming(project):
            through = rate_of(times(project, events, at_once=100, pause=0))
            if number == rounds:
                measured.latencies = [
                    (at - told) * 1000 for told, at in times(project, STEADY, at_once=1, pause=1 / rate)
                ]
        if number:
            measured.each.append(bare["each"])
            measured.batch.append(bare["batch"])
            measured.through.append(through)
            print(f"round {number}: {bare['each']:.0f}/s bare, {through:.0f}/s to the effect", flush=True)
    return measured


@contextmanager
def consuming(project: Project) -> Iterator[None]:
    """With a worker that counts, which has handled its first event."""
    run = ("run", "--detach", "--no-deps", "--entrypoint=python", "documents", "-c", COUNTING)
    container = project.compose(*run).strip()
    try:
        times(project, 1, at_once=1, pause=0)
        yield
    finally:
        project.run("docker", "rm", "--force", container)


def times(project: Project, events: int, *, at_once: int, pause: float) -> list[tuple[float, float]]:
    """When each was written into the outbox, and when it was handled."""
    project.sql("DELETE FROM documents.counted")
    inside(project, TELL, ",".join([""] * events), str(at_once), str(pause))
    until(lambda: project.sql("SELECT COUNT(*) FROM documents.counted").strip() == str(events), within=600)
    both = "SELECT UNIX_TIMESTAMP(created_at), at FROM documents.counted JOIN backend.outbox USING (event_id)"
    rows = (line.split("\t") for line in project.sql(both).splitlines())
    return [(float(told), float(at)) for told, at in rows]


def rate_of(handled: list[tuple[float, float]]) -> float:
    return len(handled) / (max(at for _, at in handled) - min(told for told, _ in handled))


def inside(project: Project, script: str, *words: str) -> str:
    return project.compose("exec", "-T", "backend", "python", "-c", script, *words)


def report(measured: Measured, rate: float) -> None:
    for name, rates in (
        ("bare kombu, a confirm for each", measured.each),
        ("publishing as the relay does, confirms of 200 together", measured.batch),
        ("outbox to effect", measured.through),
    ):
        print(f"{name:55} {statistics.median(rates):6.0f}/s  (from {min(rates):.0f} to {max(rates):.0f})")
    for name, peer in (("a confirm for each", measured.each), ("confirms of 200 together", measured.batch)):
        ratios = [through / bare for through, bare in zip(measured.through, peer, strict=True)]
        print(f"ratio to {name:46} {statistics.median(ratios):6.2f}")
    p50, p99 = (statistics.quantiles(measured.latencies, n=100)[place] for place in (49, 98))
    print(f"outbox to handler at {rate:.0f}/s: p50 {p50:.0f} ms  p99 {p99:.0f} ms")


if __name__ == "__main__":
    main()
