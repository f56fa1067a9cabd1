"""What is counted of jobs, for Prometheus."""

from prometheus_client import CollectorRegistry, Counter


class Figures:
    def __init__(self, registry: CollectorRegistry) -> None:
        self.steps = Counter("jobs_steps", "Steps of jobs that were applied", ("kind",), registry=registry)
        self.ended = Counter("jobs_ended", "Jobs that runners ended", ("kind", "outcome"), registry=registry)
