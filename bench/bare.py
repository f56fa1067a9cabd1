"""How fast one client publishes, run inside a container of the backend's: python -c <this text> <seconds>

Persistent messages, `mandatory`, to the quorum queues that the topology names; prints two rates as JSON: `each`, where
kombu waits for the confirm of each message before the next, as it does when confirms are on; and `batch`, which waits
for the confirms of 200 together, as the relay does.
"""

import json
import sys
import time
from collections.abc import Callable, Sequence

import kombu

from backend.settings import BackendSettings
from servicekit.events import Event
from servicekit.events.outbox import Waiting
from servicekit.events.rabbitmq import RabbitMQ
from servicekit.ids import new_id

SECONDS = float(sys.argv[1])
TOGETHER = 200
EXCHANGE = "backend.events"
EVENTS = [Event.of("user.deleted.v1", new_id()) for _ in range(20_000)]
WAITING = [
    Waiting(number, event.id, event.type, event.subject, event.as_json(), {}, 0)
    for number, event in enumerate(EVENTS)
]


def each(settings: BackendSettings) -> float:
    address, word, options = settings.broker_url, settings.broker_password, {"confirm_publish": True}
    with kombu.Connection(address, password=word, transport_options=options) as connection:
        producer = kombu.Producer(connection.channel())

        def publish(events: Sequence[Waiting]) -> None:
            (event,) = events
            kind = {"content_type": "application/json", "content_encoding": "utf-8", "delivery_mode": 2}
            place = {"exchange": EXCHANGE, "routing_key": event.type, "mandatory": True}
            producer.publish(event.body, message_id=event.event_id, **kind, **place)

        return rate(publish, 1)


def batch(settings: BackendSettings) -> float:
    line = RabbitMQ(settings.broker_url, settings.broker_password)
    line.open()
    try:
        return rate(line.send, TOGETHER)
    finally:
        line.close()


def rate(publish: Callable[[Sequence[Waiting]], object], together: int) -> float:
    began = time.perf_counter()
    for published in range(0, len(WAITING), together):
        if time.perf_counter() - began > SECONDS:
            break
        publish(WAITING[published : published + together])
    else:
        published = len(WAITING)
    return published / (time.perf_counter() - began)


settings = BackendSettings.from_environment()
print(json.dumps({"each": each(settings), "batch": batch(settings)}))
