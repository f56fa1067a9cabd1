"""Events over RabbitMQ: whatever is killed, nothing is lost or done twice; and what a stolen password opens."""

import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from functools import cache
from pathlib import Path

import pytest

from tests.compose.engine import Project
from tests.support import people
from tests.support.attacks import Attacks, Kind
from tests.support.waiting import until

EVENTS, AT_ONCE = 20_000, 100
PAUSE = 0.25  # seconds between so many and the next: they take a minute to come in
VICTIMS = ("relay", "consumer", "broker", "consumer", "relay", "database") * 2
STUCK = 60  # seconds
OUTAGE = 60  # seconds without the broker
FIGURES_ARE_OLD = 6  # seconds: so late the broker tells how many messages a queue has
COUNTING, TELLING = (
    Path(__file__).with_name(name).read_text(encoding="utf-8") for name in ("counting.py", "telling.py")
)

KILL = """
import os, pathlib
for entry in pathlib.Path("/proc").glob("[0-9]*"):
    if (entry / "cmdline").read_bytes().split(b"\\0")[-2:-1] == [b"worker"]:
        os.kill(int(entry.name), 9)
"""

ASK = """
import sys
import amqp
user, word = sys.argv[1], sys.stdin.read().strip()
connection = amqp.Connection("rabbitmq", user, word, virtual_host="zaguan", confirm_publish=True)
connection.connect()
channel = connection.channel()
try:
    print("done", eval(sys.argv[2]))
except amqp.AMQPError as error:
    print("refused", error.reply_code)
"""

PUT = "channel.basic_publish(amqp.Message('{{}}'), {!r}, {!r})"
BIND = "channel.queue_bind({!r}, {!r}, {!r})"
REFUSED = [
    ("backend", PUT.format("", "documents.people")),
    ("backend", PUT.format("documents.dead", "documents.people")),
    ("backend", PUT.format("documents.events", "document.deleted.v1")),
    ("backend", PUT.format("backend.events", "document.deleted.v1")),
    ("backend", "channel.basic_get('documents.people')"),
    ("backend", "channel.basic_consume('documents.people')"),
    ("backend", "channel.queue_purge('documents.people')"),
    ("backend", "channel.queue_delete('documents.people')"),
    ("backend", "channel.queue_declare('backend.mine')"),
    ("backend", BIND.format("documents.people", "backend.events", "user.created.v1")),
    ("backend", "channel.exchange_delete('backend.events')"),
    ("documents", PUT.format("", "documents.people")),
    ("documents", PUT.format("ai.events", "ai.person_erased.v1")),
    ("documents", PUT.format("documents.events", "ai.person_erased.v1")),
    ("documents", "channel.basic_get('backend.people')"),
    ("documents", PUT.format("backend.events", "user.deleted.v1")),
    ("documents", PUT.format("documents.events", "user.deleted.v1")),
    ("documents", PUT.format("amq.topic", "user.deleted.v1")),
    ("documents", BIND.format("documents.people", "backend.events", "#")),
    ("documents", "channel.exchange_bind('documents.dead', 'backend.events', '#')"),
    ("documents", "channel.queue_declare('', exclusive=True)"),
    ("documents", "channel.queue_declare('documents.mine')"),
    ("documents", "channel.exchange_declare('documents.mine', 'topic')"),
]


@pytest.mark.parametrize(("user", "attempt"), REFUSED)
def test_with_the_word_of_one_service_nothing_of_another_can_be_touched(
    project: Project, user: str, attempt: str, attacks: Attacks
) -> None:
    attacks.note(Kind.QUEUE, f"{user}: {attempt}", ask(project, user, attempt), "refused 403")


def test_what_is_its_own_a_service_can_use(project: Project) -> None:
    assert ask(project, "documents", PUT.format("documents.events", "document.deleted.v1")).startswith("done")
    assert ask(project, "documents", "channel.basic_get('documents.people.dead')").startswith("done")


@pytest.fixture(scope="module")
def counting(project: Project) -> Iterator[str]:
    """The container of a worker that counts, in place of the documents service; nobody else hears anything."""
    project.compose("stop", "documents", "ai")
    project.sql("CREATE TABLE documents.counted (event_id VARCHAR(36), subject VARCHAR(64), at DOUBLE)")
    run = ("run", "--detach", "--no-deps", "--entrypoint=python", "documents", "-c", COUNTING)
    container = project.compose(*run).strip()
    yield container
    project.run("docker", "rm", "--force", container)
    project.sql("DROP TABLE documents.counted")
    rabbitmqctl(project, "purge_queue", "ai.people")
    project.up()


def test_nothing_is_lost_and_nothing_done_twice_while_everything_is_killed_again_and_again(
    project: Project, counting: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """All parts in turn, by SIGKILL, each time while they work. Who tells the events keeps a ledger."""
    (broker,), (database,) = project.containers("rabbitmq"), project.containers("db")
    containers = {"consumer": counting, "broker": broker, "database": database}
    began = time.monotonic()
    with ThreadPoolExecutor(1) as pool:
        telling = pool.submit(tell, project, [""] * EVENTS, AT_ONCE, PAUSE)
        for victim in VICTIMS:
            done = counted_after(project, counted(project) + AT_ONCE)
            with capsys.disabled():
                print(
                    f"\n{time.monotonic() - began:.0f} s: {done} had their effect, {victim} is killed", end=""
                )
            kill(project, containers.get(victim, ""))
        ledger = telling.result()
    project.up("--no-deps", "--no-recreate", "rabbitmq", "db")
    while (done := counted(project)) < EVENTS:
        counted_after(project, done + 1)
    until(lambda: unsent(project) == 0)
    assert sorted(project.sql("SELECT event_id FROM documents.counted").split()) == sorted(ledger)
    assert dead_letters(project) == 0
    with capsys.disabled():
        print(f"\n{time.monotonic() - began:.0f} s: {done} had their effect, each once")


def counted(project: Project) -> int:
    """How many effects there are; 0 while the database does not answer."""
    try:
        return number(project, "SELECT COUNT(*) FROM documents.counted")
    except AssertionError:
        return 0


def counted_after(project: Project, goal: int) -> int:
    """The same when there are so many; fails if nothing moves."""
    until(lambda: counted(project) >= min(goal, EVENTS), within=STUCK)
    return counted(project)


def kill(project: Project, container: str) -> None:
    """The relay is a process of the backend's; the others have a container of their own."""
    if container:
        project.signal(container, "KILL")
        project.run("docker", "start", container)
    else:
        backend(project, KILL)


def test_while_the_broker_is_away_everything_is_accepted_and_done_soon_after(
    project: Project, counting: str
) -> None:
    project.sql("DELETE FROM documents.counted")
    project.compose("stop", "rabbitmq")
    back = time.monotonic() + OUTAGE
    tell(project, [""] * 200)
    with closing(people.sign_in(project.url, "mar")) as mar:
        assert mar.get("/api/account").status_code == 200
        assert mar.post("/auth/logout").status_code == 204
    assert unsent(project) > 200
    time.sleep(max(0, back - time.monotonic()))
    project.up("--no-deps", "--no-recreate", "rabbitmq")
    until(lambda: unsent(project) == 0, within=30)
    until(lambda: number(project, "SELECT COUNT(*) FROM documents.counted") == 200, within=30)


@pytest.mark.parametrize(
    ("kind", "reason"), [("poison", "failed 5 times, at last with ValueError"), ("crash", "delivery_limit")]
)
def test_poison_is_a_dead_letter_with_its_reason_and_holds_up_nobody(
    project: Project, counting: str, kind: str, reason: str
) -> None:
    project.sql("DELETE FROM documents.counted")
    until(lambda: dead_letters(project) == 0)
    began = time.time()
    tell(project, [*[""] * 10, kind, *[""] * 40])
    until(lambda: number(project, "SELECT COUNT(*) FROM documents.counted") == 50, within=60)
    until(lambda: dead_letters(project) == 1, within=60)
    time.sleep(FIGURES_ARE_OLD)
    assert dead_letters(project) == 1
    if kind == "poison":
        assert float(project.sql("SELECT MAX(at) FROM documents.counted")) - began < 5 + 5
    letter = "channel.basic_get('documents.people.dead', no_ack=True).properties['application_headers']"
    assert reason in ask(project, "documents", letter, inside="backend")


def test_what_is_delivered_three_times_is_done_once(project: Project, counting: str) -> None:
    project.sql("DELETE FROM documents.counted")
    tell(project, ["thrice"] * 20)
    until(lambda: unsent(project) == 0)
    for _ in range(2):
        project.sql("UPDATE backend.outbox SET sent_at = NULL WHERE subject = 'thrice'")
        until(lambda: unsent(project) == 0)
    tell(project, ["last"])
    until(lambda: "last" in project.sql("SELECT subject FROM documents.counted"))
    assert number(project, "SELECT COUNT(*) FROM documents.counted") == 21


def test_the_worker_beside_the_service_is_back_and_counts(project: Project) -> None:
    project.up()
    read = "import urllib.request; print(urllib.request.urlopen('http://documents:8001/metrics').read().decode())"
    until(lambda: 'events_dead_letters{queue="documents.people"} 0.0' in backend(project, read))


def ask(project: Project, user: str, attempt: str, inside: str = "documents") -> str:
    """What the broker says to somebody inside who knows the word of `user`."""
    word = word_of(project, user)
    return project.compose("exec", "-T", inside, "python", "-c", ASK, user, attempt, given=word).strip()


@cache
def word_of(project: Project, user: str) -> str:
    """Read once: a container for it takes longer than what is tried with it, and the service's own may be stopped."""
    file = "/run/secrets/broker-password"
    if user == "backend":
        return project.compose("exec", "-T", user, "cat", file)
    return project.compose("run", "--rm", "-T", "--no-deps", "--entrypoint=cat", user, file)


def backend(project: Project, script: str, *words: str) -> str:
    return project.compose("exec", "-T", "backend", "python", "-c", script, *words)


def tell(project: Project, subjects: list[str], at_once: int = 25, pause: float = 0.1) -> list[str]:
    """As the backend tells of accounts that are gone; an empty subject is a new one. Returns the events' ids."""
    return backend(project, TELLING, ",".join(subjects), str(at_once), str(pause)).split()


def unsent(project: Project) -> int:
    return number(project, "SELECT COUNT(*) FROM backend.outbox WHERE sent_at IS NULL")


def number(project: Project, statement: str) -> int:
    return int(project.sql(statement))


def dead_letters(project: Project) -> int:
    told = rabbitmqctl(project, "list_queues", "name", "messages")
    return int(dict(line.split("\t") for line in told.splitlines())["documents.people.dead"])


def rabbitmqctl(project: Project, *words: str) -> str:
    """What its administrator does."""
    return project.compose("exec", "-T", "rabbitmq", "rabbitmqctl", "-q", "-p", "zaguan", *words)
