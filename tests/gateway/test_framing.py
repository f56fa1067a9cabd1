"""Where one request ends and the next begins is never in doubt: one request, one response, one request upstream."""

import pytest

from .conftest import Behind
from .door import Door

HOST = b"Host: x\r\nAuthorization: Bearer zgn_ada\r\n"
POST = b"POST /api/documents/one HTTP/1.1\r\n" + HOST
SMUGGLED = b"GET /api/documents/smuggled HTTP/1.1\r\n" + HOST + b"\r\n"
CHUNKED = b"Transfer-Encoding: chunked\r\n"
END = b"0\r\n\r\n"


def framed(headers: bytes, body: bytes = b"") -> bytes:
    return POST + headers + b"\r\n" + body


REFUSED = {
    "length and chunks": framed(b"Content-Length: 5\r\nTransfer-Encoding: chunked\r\n", END + SMUGGLED),
    "chunks and length": framed(b"Transfer-Encoding: chunked\r\nContent-Length: 500\r\n", END + SMUGGLED),
    "two lengths": framed(b"Content-Length: 0\r\nContent-Length: 90\r\n", SMUGGLED),
    "the same length twice": framed(b"Content-Length: 0\r\nContent-Length: 0\r\n", SMUGGLED),
    "two lengths in one": framed(b"Content-Length: 0, 90\r\n", SMUGGLED),
    "a signed length": framed(b"Content-Length: +0\r\n", SMUGGLED),
    "a negative length": framed(b"Content-Length: -1\r\n", SMUGGLED),
    "a hexadecimal length": framed(b"Content-Length: 0x5a\r\n", SMUGGLED),
    "a huge length": framed(b"Content-Length: 99999999999999999999\r\n", SMUGGLED),
    "a length with a space": framed(b"Content-Length : 0\r\n", SMUGGLED),
    "an encoding with a space": framed(b"Transfer-Encoding : chunked\r\n", END + SMUGGLED),
    "chunked twice": framed(b"Transfer-Encoding: chunked, chunked\r\n", END + SMUGGLED),
    "chunked in two headers": framed(CHUNKED + b"Transfer-Encoding: identity\r\n", END + SMUGGLED),
    "identity": framed(b"Transfer-Encoding: identity\r\n", SMUGGLED),
    "chunked, identity": framed(b"Transfer-Encoding: chunked, identity\r\n", END + SMUGGLED),
    "xchunked": framed(b"Transfer-Encoding: xchunked\r\n", END + SMUGGLED),
    "vertical tab": framed(b"Transfer-Encoding: \x0bchunked\r\n", END + SMUGGLED),
    "a folded header": framed(b"X-A: b\r\n Content-Length: 90\r\n", SMUGGLED),
    "a folded encoding": framed(b"Transfer-Encoding:\r\n chunked\r\n", END + SMUGGLED),
    "NUL in a header": framed(b"X-A: b\x00c\r\n", SMUGGLED),
    "NUL in a name": framed(b"X\x00A: b\r\n", SMUGGLED),
    "CR alone in a name": framed(b"X-A\r: b\r\n", SMUGGLED),
    "a chunk size of no number": framed(CHUNKED, b"z\r\n" + SMUGGLED),
    "a negative chunk": framed(CHUNKED, b"-1\r\n" + SMUGGLED),
    "a huge chunk": framed(CHUNKED, b"ffffffffffffffff0\r\n" + SMUGGLED),
    "a hexadecimal prefix": framed(CHUNKED, b"0x0\r\n\r\n" + SMUGGLED),
    "a chunk longer than it says": framed(CHUNKED, b"1\r\nabc\r\n0\r\n\r\n" + SMUGGLED),
    "chunks in HTTP/1.0": b"POST /api/documents/one HTTP/1.0\r\n" + HOST + CHUNKED + b"\r\n" + END + SMUGGLED,
    "no host": b"GET /api/documents/one HTTP/1.1\r\nAuthorization: Bearer zgn_ada\r\n\r\n" + SMUGGLED,
    "two hosts": b"GET /api/documents/one HTTP/1.1\r\nHost: y\r\n" + HOST + b"\r\n" + SMUGGLED,
    "a bad host": b"GET /api/documents/one HTTP/1.1\r\nHost: a/b\r\n\r\n" + SMUGGLED,
    "a space in the address": b"GET /api/documents/one x HTTP/1.1\r\n" + HOST + b"\r\n" + SMUGGLED,
    "a CR in the address": b"GET /api/documents/one\rx HTTP/1.1\r\n" + HOST + b"\r\n" + SMUGGLED,
    "a version of its own": b"GET /api/documents/one HTTP/1.9x\r\n" + HOST + b"\r\n" + SMUGGLED,
    "HTTP/2 in the line": b"GET /api/documents/one HTTP/2.0\r\n" + HOST + b"\r\n" + SMUGGLED,
    "HTTP/3 in the line": b"GET /api/documents/one HTTP/3.0\r\n" + HOST + b"\r\n" + SMUGGLED,
    "the preface of HTTP/2": b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n" + SMUGGLED,
    "lower case method": b"get /api/documents/one HTTP/1.1\r\n" + HOST + b"\r\n" + SMUGGLED,
}


@pytest.mark.parametrize("request_bytes", REFUSED.values(), ids=REFUSED)
def test_doubtful_framing_is_refused_and_the_connection_ends(
    door: Door, behind: Behind, request_bytes: bytes
) -> None:
    before = behind.received
    answers = door.raw(request_bytes, timeout=1)
    assert [answer.status for answer in answers] == [400]
    assert answers[0].json()["type"] == "/docs/errors/bad-request"
    assert behind.received == before


SERVED = {
    "a body of a length": framed(b"Content-Length: 3\r\n", b"abc"),
    "a body in chunks": framed(CHUNKED, b"3\r\nabc\r\n0\r\n\r\n"),
    "an extension of a chunk": framed(CHUNKED, b"3;a=b\r\nabc\r\n0\r\n\r\n"),
    "trailers": framed(CHUNKED, b"3\r\nabc\r\n0\r\nContent-Length: 90\r\nX-User: a\r\n\r\n"),
    "Chunked in capitals": framed(b"Transfer-Encoding: CHUNKED\r\n", b"3\r\nabc\r\n0\r\n\r\n"),
    "an underscore for a dash": framed(b"Content_Length: 90\r\nContent-Length: 3\r\n", b"abc"),
    "a request in the body": framed(b"Content-Length: %d\r\n" % len(SMUGGLED), SMUGGLED),
    "a request in a chunk": framed(CHUNKED, b"%x\r\n%s\r\n0\r\n\r\n" % (len(SMUGGLED), SMUGGLED)),
    "a body of GET": POST.replace(b"POST", b"GET") + b"Content-Length: %d\r\n\r\n" % len(SMUGGLED) + SMUGGLED,
    "expect": framed(b"Content-Length: 3\r\nExpect: 100-continue\r\n", b"abc"),
}


@pytest.mark.parametrize("request_bytes", SERVED.values(), ids=SERVED)
def test_plain_framing_is_one_request_upstream(door: Door, behind: Behind, request_bytes: bytes) -> None:
    before = behind.received
    (answer,) = door.raw(request_bytes, timeout=0.5)
    seen = answer.json()
    assert (answer.status, seen["path"], behind.received) == (200, "/api/documents/one", before + 1)
    assert seen["body"] == (len(SMUGGLED) if SMUGGLED in request_bytes else 3)
    assert answer.upstream["content-length"] == [str(seen["body"])]
    assert "transfer-encoding" not in answer.upstream


def test_bare_line_feeds_are_one_request_or_none(door: Door, behind: Behind) -> None:
    """RFC 9112, 2.2 leaves the choice; what counts is that nobody behind sees them."""
    before = behind.received
    (answer,) = door.raw(framed(b"Content-Length: 3\r\n").replace(b"\r\n", b"\n") + b"abc", timeout=0.5)
    assert (answer.status, behind.received) in {(200, before + 1), (400, before)}


def test_a_refused_request_does_not_leave_its_body_as_the_next(door: Door, behind: Behind) -> None:
    """The body of a request that was refused at once is read and dropped, or the connection ends."""
    before = behind.received
    for target in (b"/unknown", b"/api/documents/../x", b"/api/account%2f", b"/healthz"):
        request = b"POST %s HTTP/1.1\r\nHost: x\r\nContent-Length: %d\r\n\r\n%s" % (
            target,
            len(SMUGGLED),
            SMUGGLED,
        )
        (answer,) = door.raw(request, timeout=0.5)
        assert answer.status in {404, 405}
    assert behind.received == before


def test_requests_after_one_another_keep_their_order(door: Door) -> None:
    names = [b"a", b"b", b"c"]
    requests = [b"GET /api/documents/%s HTTP/1.1\r\n%s\r\n" % (name, HOST) for name in names]
    requests[-1] = requests[-1].removesuffix(b"\r\n") + b"Connection: close\r\n\r\n"
    answers = door.raw(b"".join(requests))
    assert [answer.json()["path"] for answer in answers] == [
        "/api/documents/a",
        "/api/documents/b",
        "/api/documents/c",
    ]


@pytest.mark.parametrize("line", [b"GET /api/documents\r\n", b"GET /healthz\n", b"GET /app\r\n\r\n"])
def test_there_are_no_answers_without_headers(door: Door, line: bytes) -> None:
    """HTTP/0.9: nothing could protect the answer, so it is only a problem."""
    with door.connect() as connection:
        connection.sendall(line)
        received = connection.recv(65536)
    assert b"/docs/errors/bad-request" in received
    assert b"the app" not in received
    assert b'"ok"' not in received
