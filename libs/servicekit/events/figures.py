"""What is counted of events, for Prometheus."""

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram


class Figures:
    """In the registry of the worker's application, or one of their own."""

    def __init__(self, registry: CollectorRegistry | None = None) -> None:
        self.registry = here = registry or CollectorRegistry()
        lag = "Age of the oldest event that waits to be sent"
        self.lag = Gauge("events_outbox_lag_seconds", lag, registry=here)
        unsent = "Events that wait to be sent"
        self.unsent = Gauge("events_outbox_waiting", unsent, registry=here)
        self.relayed = Counter(
            "events_relayed", "Events given to the broker", ("type", "outcome"), registry=here
        )
        taken = "Messages taken from a queue"
        self.consumed = Counter("events_consumed", taken, ("queue", "type", "outcome"), registry=here)
        age = "From the event to the end of its handling"
        self.age = Histogram("events_age_seconds", age, ("queue",), registry=here)
        depth = "Messages that wait in a queue"
        self.depth = Gauge("events_queue_waiting", depth, ("queue",), registry=here)
        dead = "Dead letters that wait for somebody"
        self.dead_letters = Gauge("events_dead_letters", dead, ("queue",), registry=here)
