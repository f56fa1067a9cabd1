"""Which line: BROKER_URL decides."""

from pathlib import Path
from urllib.parse import parse_qs, urlsplit

from servicekit.events.embedded import Embedded
from servicekit.events.line import Line
from servicekit.events.rabbitmq import RabbitMQ
from servicekit.settings import Settings


def line_to_broker(settings: Settings) -> Line:
    """A line that is not open yet."""
    told = urlsplit(settings.broker_url)
    if told.scheme == "filesystem":
        absent = frozenset(parse_qs(told.query).get("absent", []))
        return Embedded(Path(f"{told.netloc}{told.path}"), absent)
    return RabbitMQ(settings.broker_url, settings.broker_password)
