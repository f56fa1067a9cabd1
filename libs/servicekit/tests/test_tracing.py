"""One trace from the click to the last worker (W3C Trace Context)."""

import re

import pytest

from servicekit import tracing

TRACE = "0af7651916cd43dd8448eb211c80319c"


def test_a_trace_that_is_told_goes_on_with_a_span_of_its_own() -> None:
    told = f"00-{TRACE}-b7ad6b7169203331-01"
    assert tracing.begin(told, "an-id-of-a-request") == TRACE
    mine = tracing.traceparent()
    assert re.fullmatch(rf"00-{TRACE}-[0-9a-f]{{16}}-01", mine)
    assert mine != told


def test_the_gateways_request_id_is_the_trace() -> None:
    assert tracing.begin(None, TRACE) == TRACE
    assert tracing.begin(
        None, "01920000-0000-7000-8000-0123456789ab"
    ) == "01920000000070008000 0123456789ab".replace(" ", "")


@pytest.mark.parametrize(
    "told",
    [
        "",
        "00",
        TRACE,
        f"00-{TRACE}-b7ad6b7169203331",
        f"00-{'0' * 32}-b7ad6b7169203331-01",
        f"00-{TRACE}-{'0' * 16}-01",
        f"ff-{TRACE}-b7ad6b7169203331-01",
        f"00-{TRACE.upper()}-b7ad6b7169203331-01",
        f"00-{TRACE}-b7ad6b7169203331-01\n",
    ],
)
def test_anything_else_begins_a_new_one(told: str) -> None:
    began = tracing.begin(told, "x")
    assert re.fullmatch("[0-9a-f]{32}", began)
    assert began != TRACE
