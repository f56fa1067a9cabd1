"""`make roll`: the services of this checkout in place of those that run, one replica after the other, nobody notices.

A new replica is started and ready before an old one is asked to end, so it works with one replica, too. Migrations
fit the release before, so they come first. The broker goes on, and is told what is new in the topology: first of
queues, exchanges and rights, in the end what leads where, as an old worker would bury what it does not know.
Database, broker and gateway are not rolled: `docker compose up --build`.
"""

import sys
import time

from scripts import console
from scripts.console import Failure, step
from scripts.docker import compose, told

ROLLED = ("backend", "documents", "ai", "frontend")
MIGRATED = ("backend", "documents", "ai")
DEFINITIONS, UNBOUND = "definitions.json", "definitions-unbound.json"  # compose/init.py writes them
NOTICED = 6  # seconds until the gateway has asked for the addresses again
GRACE = 30  # seconds in which a replica finishes what it has begun


def main() -> int:
    services = tuple(sys.argv[1:]) or ROLLED
    if strangers := set(services) - set(ROLLED):
        raise Failure(f"{', '.join(sorted(strangers))} cannot be rolled; these can: {', '.join(ROLLED)}.")
    with step("Build"):
        compose("build", "init", *services)
    with step("Topology"):
        compose("run", "--rm", "--no-deps", "init")
        _tell_the_broker(UNBOUND)
    for service in services:
        if service in MIGRATED:
            with step(f"Migrations of {service}"):
                compose("run", "--rm", "--no-deps", f"{service}_migrate")
        _roll(service)
    with step("Topology, to its end"):
        _tell_the_broker(DEFINITIONS)
    return 0


def _tell_the_broker(definitions: str) -> None:
    """Of what is there already it makes nothing new, and it removes nothing."""
    file = f"/run/secrets/{definitions}"
    compose("exec", "-T", "rabbitmq", "rabbitmqctl", "--quiet", "import_definitions", file)


def _roll(service: str) -> None:
    old = told("compose", "ps", "--quiet", service)
    if not old:
        raise Failure(f"{service} does not run: docker compose up")
    for number, container in enumerate(old, 1):
        with step(f"{service}, {number} of {len(old)}"):
            compose(*_one_more(service, len(old) + 1))
            time.sleep(NOTICED)
            told("stop", f"--time={GRACE}", container)
            told("rm", container)
    # An address that is free goes to whoever starts next: nobody else may, while the gateway still has it.
    time.sleep(NOTICED)


def _one_more(service: str, replicas: int) -> tuple[str, ...]:
    kept = ("--detach", "--wait", "--no-deps", "--no-recreate", "--no-build")
    return ("up", *kept, f"--scale={service}={replicas}", service)


if __name__ == "__main__":
    console.run(main)
