"""Operations on a real RabbitMQ: letters outlive who looks at them, and a new topology comes without a restart."""

import json
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from typing import Any

import httpx2
import pytest

from tests.compose.engine import Project
from tests.support import people
from tests.support.waiting import until

QUEUE = "documents.people"
LETTERS = "/api/admin/operations/documents/dead-letters"
COUNT = 120

BURY = """
import sys
import amqp
from servicekit.events.event import Event
from servicekit.ids import new_id
word = open("/run/secrets/broker-password").read().strip()
connection = amqp.Connection("rabbitmq", "documents", word, virtual_host="zaguan", confirm_publish=True)
connection.connect()
channel = connection.channel()
for _ in range(int(sys.argv[1])):
    event = Event.of("user.deleted.v1", new_id())
    told = {"x-reason": "failed 5 times, at last with ZeroDivisionError", "x-tries": 5}
    message = amqp.Message(event.as_json(), message_id=event.id, application_headers=told, delivery_mode=2)
    channel.basic_publish(message, "documents.dead", "documents.people")
    print(event.id)
"""


@pytest.fixture
def ada(project: Project) -> Iterator[httpx2.Client]:
    with closing(people.sign_in(project.url, "ada")) as client:
        yield client


def bury(project: Project, count: int) -> set[str]:
    """So many events that could be handled, among the dead letters; their ids."""
    return set(project.compose("exec", "-T", "documents", "python", "-c", BURY, str(count)).split())


def listed(ada: httpx2.Client) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = []
    cursor: str | None = None
    while True:
        query = {"queue": QUEUE, "limit": "100"} | ({"cursor": cursor} if cursor else {})
        answer = ada.get(LETTERS, params=query)
        while answer.status_code == 503:  # it was killed, and is not back yet
            time.sleep(0.5)
            answer = ada.get(LETTERS, params=query)
        page = answer.json()
        found, cursor = found + page["items"], page["next"]
        if cursor is None:
            return found


def handled(project: Project, ids: set[str]) -> int:
    some = ",".join(f"'{each}'" for each in ids)
    told = project.sql(f"SELECT COUNT(*) FROM documents.inbox WHERE event_id IN ({some})")  # noqa: S608
    return int(told)


def test_dead_letters_outlive_who_looks_at_them_and_is_killed(project: Project, ada: httpx2.Client) -> None:
    """Several look at once, and the service is killed in the middle of it, again and again: none is lost or doubled."""
    ids = bury(project, COUNT)

    def look(_: int) -> None:
        ada.get(LETTERS, params={"queue": QUEUE})

    with ThreadPoolExecutor(6) as pool:
        looking = [pool.submit(look, number) for number in range(60)]
        for _ in range(4):
            time.sleep(0.3)
            project.signal(project.containers("documents")[0], "KILL")
            project.run("docker", "start", project.compose("ps", "--all", "--quiet", "documents").split()[0])
        for answer in looking:
            answer.result()
    project.up("--no-deps", "--no-recreate", "documents")
    until(lambda: {letter["event_id"] for letter in listed(ada)} >= ids, within=60)
    mine = [letter["event_id"] for letter in listed(ada) if letter["event_id"] in ids]
    assert len(mine) == COUNT


def test_sent_again_each_is_handled_once_whatever_is_killed(project: Project, ada: httpx2.Client) -> None:
    ids = bury(project, 20)
    found = [letter for letter in listed(ada) if letter["event_id"] in ids]
    assert len(found) == 20
    with ThreadPoolExecutor(4) as pool:
        press = [f"{LETTERS}/{letter['id']}/again" for letter in found for _ in range(2)]
        answers = sorted(answer.status_code for answer in pool.map(ada.post, press))
    assert answers.count(204) == 20
    assert set(answers) <= {204, 404, 409}
    project.signal(project.containers("documents")[0], "KILL")
    project.run("docker", "start", project.compose("ps", "--all", "--quiet", "documents").split()[0])
    until(lambda: handled(project, ids) == 20, within=90)
    until(lambda: not [letter for letter in listed(ada) if letter["event_id"] in ids], within=30)


def test_dropped_they_are_gone_and_counted_no_more(project: Project, ada: httpx2.Client) -> None:
    for letter in listed(ada):
        assert ada.delete(f"{LETTERS}/{letter['id']}").status_code == 204
    told = {service["name"]: service for service in ada.get("/api/admin/operations").json()["services"]}
    (queue,) = (q for q in told["documents"]["events"]["queues"] if q["name"] == QUEUE)
    assert (queue["dead_letters"], queue["consumers"]) == (0, 1)


def test_a_new_queue_reaches_the_broker_that_goes_on_working(project: Project) -> None:
    """`make roll` of a release that listens to one event more."""
    topology = project.folder / "contracts" / "events" / "topology.toml"
    told = topology.read_text(encoding="utf-8")
    topology.write_text(f'{told}"documents.sessions" = ["session.revoked.v1"]\n', encoding="utf-8")
    worker = project.folder / "services" / "documents" / "worker.py"
    source = worker.read_text(encoding="utf-8")
    heard = 'QUEUES = {**QUEUES, "documents.sessions": {"session.revoked.v1": lambda _tx, _event: None}}'
    worker.write_text(source.replace("\n\ndef work()", f"\n\n{heard}\n\n\ndef work()"), encoding="utf-8")
    (broker,) = project.containers("rabbitmq")
    began = project.inspect(broker)["State"]["StartedAt"]
    project.script("roll", "documents", "backend")
    assert project.containers("rabbitmq") == [broker]
    assert project.inspect(broker)["State"]["StartedAt"] == began
    with closing(people.sign_in(project.url, "mar")) as mar:
        assert mar.delete("/api/account/sessions").status_code == 204
    counted = "SELECT COUNT(*) FROM documents.inbox WHERE queue = 'documents.sessions'"
    until(lambda: int(project.sql(counted)) > 0, within=60)
    policies = project.compose("exec", "-T", "rabbitmq", "rabbitmqctl", "-q", "list_policies", "-p", "zaguan")
    limits = [line for line in policies.splitlines() if "documents.sessions.dead" in line]
    assert [json.loads(line.split("\t")[4]) for line in limits] == [{"delivery-limit": -1}]
