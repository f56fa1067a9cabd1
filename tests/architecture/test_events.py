"""Events: whoever is named is there, and the broker is told what the services are told."""

import json
import re
from typing import Any

import fastjsonschema
import pytest

from ai import worker as ai
from backend import worker as backend
from compose import broker
from documents import worker as documents
from scripts.shell import ROOT
from scripts.stack import WITH_EVENTS
from servicekit import people
from servicekit.events import embedded, schemas
from servicekit.events.event import MAX_BYTES
from servicekit.events.line import AT_ONCE
from servicekit.events.topology import TRIES, dead, dead_exchange, owner, topology
from servicekit.events.worker import Queues, check_queues
from servicekit.jobs.telling import changed_event, queued_event
from servicekit.settings import SettingsError
from tests.architecture.source import SERVICES, modules
from tests.support.attacks import Attacks, Kind

HEARING: dict[str, Queues] = {"backend": backend.QUEUES, "documents": documents.QUEUES, "ai": ai.QUEUES}
TOLD = [event for events in topology().exchanges.values() for event in events]
DEFINITIONS = broker.definitions(dict.fromkeys(WITH_EVENTS, "a word"))


def test_every_event_has_a_schema_and_is_told_by_one_service() -> None:
    assert sorted(TOLD) == sorted(schemas.names())
    assert {owner(name) for name in topology().exchanges} <= set(HEARING) == set(WITH_EVENTS)


@pytest.mark.parametrize("name", [*sorted(TOLD), schemas.ENVELOPE])
def test_a_schema_is_one_and_explains_itself(name: str) -> None:
    told: dict[str, Any] = json.loads((schemas.FOLDER / f"{name}.json").read_text(encoding="utf-8"))
    fastjsonschema.compile(told)
    assert told["title"]
    assert told["description"]
    assert told["type"] == "object"


@pytest.mark.parametrize(("exchange", "events"), topology().exchanges.items())
def test_every_event_is_told_somewhere_in_its_service(exchange: str, events: tuple[str, ...]) -> None:
    text = "".join(file.read_text(encoding="utf-8") for file in modules(SERVICES[owner(exchange)]))
    jobs = {queued_event(owner(exchange)), changed_event(owner(exchange))} if "jobs.begin(" in text else set()
    assert [event for event in events if f'"{event}"' not in text and event not in jobs] == []


@pytest.mark.parametrize("service", WITH_EVENTS)
def test_every_queue_has_its_consumer_and_every_consumer_its_queue(service: str) -> None:
    check_queues(service, HEARING[service])


def test_the_broker_takes_no_message_that_is_much_larger_than_an_event() -> None:
    """Who hears events has a hundred of them in memory, and who looks at dead letters fifty, whoever has sent them."""
    told = (ROOT / "compose" / "rabbitmq.conf").read_text(encoding="utf-8")
    (largest,) = re.findall(r"^max_message_size = (\d+)$", told, re.MULTILINE)
    assert MAX_BYTES <= int(largest) <= 2 * MAX_BYTES
    assert AT_ONCE * int(largest) < 16 * 1024 * 1024


def test_who_hears_that_somebody_has_left_reports_it_to_the_backend() -> None:
    """Else no deletion would come to its end."""
    reports = {f"{service}.person_erased.v1" for service in people.listeners()}
    assert reports == set(topology().queues["backend.people"])
    assert reports <= set(TOLD)
    texts = [json.loads((schemas.FOLDER / f"{name}.json").read_text(encoding="utf-8")) for name in reports]
    assert all(text == texts[0] for text in texts)


def test_a_service_that_hears_less_than_is_promised_does_not_start() -> None:
    with pytest.raises(SettingsError, match="documents"):
        check_queues("documents", {})
    with pytest.raises(SettingsError, match="documents"):
        check_queues("documents", {"documents.people": {}})


@pytest.mark.parametrize("service", [name for name in topology().services if name != "backend"])
def test_every_service_with_events_answers_for_its_dead_letters(service: str) -> None:
    """The backend asks them; of itself it knows."""
    text = (SERVICES[service] / "app.py").read_text(encoding="utf-8")
    assert "operations(Desk(NAME, database, settings))" in text


def test_names_are_a_service_and_a_word() -> None:
    names = [*topology().exchanges, *topology().queues]
    assert [name for name in names if not re.fullmatch(r"[a-z_]+\.[a-z_]+", name)] == []
    assert [name for name in names if name.endswith(".dead")] == []


def test_the_broker_is_told_the_same_as_the_services() -> None:
    table = topology()
    buried = {(dead_exchange(name), name, dead(name)) for name in table.queues}
    bindings = {(b["source"], b["routing_key"], b["destination"]) for b in DEFINITIONS["bindings"]}
    assert bindings == {tuple(binding) for binding in table.bindings} | buried
    assert {queue["name"] for queue in DEFINITIONS["queues"]} == {queue for _, _, queue in bindings}
    assert {exchange["name"] for exchange in DEFINITIONS["exchanges"]} == (
        {exchange for exchange, _, _ in bindings} | set(table.exchanges)
    )


def test_retries_are_the_same_everywhere() -> None:
    told = broker.RETRIES
    assert told["delivery-limit"] == TRIES - 1
    assert told["delayed-retry-min"] == 1000 * embedded.FIRST_WAIT
    assert told["delayed-retry-max"] == 1000 * embedded.LONGEST_WAIT


@pytest.mark.parametrize("service", WITH_EVENTS)
def test_a_user_may_write_and_read_what_is_its_own_and_configure_nothing(
    service: str, attacks: Attacks
) -> None:
    (may,) = (right for right in DEFINITIONS["permissions"] if right["user"] == service)
    names = {item["name"] for kind in ("exchanges", "queues") for item in DEFINITIONS[kind]} | {"amq.default"}
    mine = topology().listening(service)
    assert {name for name in names if re.search(may["read"], name)} == {*mine, *map(dead, mine)}
    assert {owner(name) for name in names if re.search(may["write"], name)} == {service}
    for name in sorted(names):
        attacks.note(Kind.QUEUE, f"{service} configures {name}", re.search(may["configure"], name), None)
    for name in sorted(name for name in names if owner(name) != service):
        for right in ("read", "write"):
            attacks.note(Kind.QUEUE, f"{service}: {right} {name}", re.search(may[right], name), None)


def test_the_compose_file_knows_which_definitions_the_broker_was_started_with() -> None:
    """If this fails: put the right one into docker-compose.yml, so that `up` starts the broker anew."""
    text = (ROOT / "docker-compose.yml").read_text(encoding="utf-8")
    assert re.findall(r'TOPOLOGY: "(\w+)"', text) == [broker.fingerprint()]
