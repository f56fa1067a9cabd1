"""Events: what has happened is told by its service and heard by others, exactly once in effect.

A service tells in the transaction of the change:

    publish(tx, Event.of("document.saved.v1", document.id, owner=owner, version=3))

or, where it speaks for the person of this request, with a token that the backend gives before that:

    told = Event.of("press.job_queued.v1", job.id)
    token = on_behalf(told)
    publish(tx, told, on_behalf_of=token)

and hears with functions that a `worker` calls, each in a transaction of its own:

    QUEUES = {"documents.people": {"user.deleted.v1": erase}}

Who tells what and who listens is in contracts/events/topology.toml, what is told in the schemas beside it.
"""

from servicekit.events.behalf import on_behalf
from servicekit.events.event import Event, InvalidEvent
from servicekit.events.outbox import publish, publish_all
from servicekit.events.together import MORE

__all__ = ["MORE", "Event", "InvalidEvent", "on_behalf", "publish", "publish_all"]
