"""Which click led to this: the trace that a request or a message belongs to (W3C Trace Context).

The gateway's request id is the trace id, so one id finds the lines of every process that had to do with it.
"""

import re
import secrets
from contextvars import ContextVar

HEADER = "traceparent"
TRACEPARENT = re.compile(r"00-(?!0{32})([0-9a-f]{32})-(?!0{16})[0-9a-f]{16}-[0-9a-f]{2}")
TRACE_ID = re.compile(r"(?!0{32})[0-9a-f]{32}")

_current: ContextVar[str | None] = ContextVar("trace", default=None)


def begin(traceparent: str | None = None, request_id: str = "") -> str:
    """Go on with the trace that is told, or with that of the request, or begin one; returns its id."""
    told = TRACEPARENT.fullmatch(traceparent or "")
    plain = request_id.replace("-", "").lower()
    trace_id = told[1] if told else plain if TRACE_ID.fullmatch(plain) else secrets.token_hex(16)
    _current.set(trace_id)
    return trace_id


def traceparent() -> str:
    """The header for what is sent now: a span of its own in the current trace."""
    return f"00-{trace_id()}-{secrets.token_hex(8)}-01"


def trace_id() -> str:
    """Of the current trace; one begins if there is none."""
    return _current.get() or begin()
