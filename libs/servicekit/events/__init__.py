"""Events: what has happened is told by its service and heard by others, exactly once in effect.

A service tells in the transaction of the change:

    publish(tx, Event.of("document.saved.v1", document.id, owner=owner, version=3))

and hears with functions that a `worker` calls, each in a transaction of its own:

    QUEUES = {"documents.people": {"user.deleted.v1": erase}}

Who tells what and who listens is in contracts/events/topology.toml, what is told in the schemas beside it.
"""

from servicekit.events.event import Event, InvalidEvent
from servicekit.events.outbox import publish, publish_all
from servicekit.events.together import MORE

__all__ = ["MORE", "Event", "InvalidEvent", "publish", "publish_all"]
