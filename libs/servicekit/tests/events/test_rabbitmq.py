"""The line to RabbitMQ, as far as it can be seen without one; the rest is in tests/compose/test_events.py."""

import socket
import ssl
import struct
import threading
import zlib
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import amqp
import pytest
from amqp import spec

from compose.certificates import for_server
from servicekit.events.line import BrokerUnavailable
from servicekit.events.rabbitmq import Plain, RabbitMQ

HEADER = b"AMQP\x00\x00\x09\x01"


@pytest.fixture
def tls_port(tmp_path: Path) -> Iterator[int]:
    """A server of the name `broker`, which reads eight bytes into the file `heard` and closes."""
    for name, text in for_server("broker").items():
        (tmp_path / name).write_text(text)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(tmp_path / "server-cert.pem", tmp_path / "server-key.pem")
    with socket.create_server(("127.0.0.1", 0)) as server:
        threading.Thread(target=_serve, args=(server, context, tmp_path / "heard"), daemon=True).start()
        yield server.getsockname()[1]


def _serve(server: socket.socket, context: ssl.SSLContext, heard: Path) -> None:
    with suppress(OSError):
        while True:
            client, _ = server.accept()
            with suppress(OSError), context.wrap_socket(client, server_side=True) as safe:
                heard.write_bytes(safe.recv(8))


def test_a_certificate_of_nobody_known_is_refused(tls_port: int, tmp_path: Path) -> None:
    line = RabbitMQ(f"amqps://documents@127.0.0.1:{tls_port}/zaguan", "a word")
    with pytest.raises(ssl.SSLCertVerificationError, match=r"self-signed|unable to get local issuer"):
        line.open()
    assert not (tmp_path / "heard").exists()


def test_nor_is_one_for_another_name(tls_port: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "ca.pem"))
    real = socket.getaddrinfo
    monkeypatch.setattr(socket, "getaddrinfo", lambda _host, *rest, **more: real("127.0.0.1", *rest, **more))
    with pytest.raises(ssl.SSLCertVerificationError, match="elsewhere"):
        RabbitMQ(f"amqps://documents@elsewhere:{tls_port}/zaguan", "a word").open()
    with pytest.raises(OSError, match=r"(?i)closed|eof|reset") as caught:
        RabbitMQ(f"amqps://documents@broker:{tls_port}/zaguan", "a word").open()
    assert not isinstance(caught.value, ssl.SSLCertVerificationError)
    assert (tmp_path / "heard").read_bytes() == HEADER


def test_without_a_connection_nothing_is_waited_for() -> None:
    line = RabbitMQ("amqp://documents@127.0.0.1:1/zaguan", "a word")
    with pytest.raises(BrokerUnavailable, match="not connected"):
        line.rest(10)
    with pytest.raises(ConnectionRefusedError):
        line.open()
    assert not line.is_open


def received(properties: bytes, body: bytes = b"{}") -> Plain:
    """What kombu makes of a message with these properties (AMQP 0-9-1, section 4.2.6.1)."""
    raw = amqp.Message()
    raw.inbound_header(struct.pack(">HHQ", spec.Basic.CLASS_ID, 0, len(body)) + properties)
    raw.inbound_body(body)
    raw.delivery_info = {"delivery_tag": 1}
    return Plain(raw)


def test_a_message_is_never_unpacked() -> None:
    """A few bytes could become gigabytes, in whoever looks at them."""
    packed = zlib.compress(bytes(1_000_000))
    name = b"application/x-gzip"
    table = b"\x0bcompressionS" + struct.pack(">I", len(name)) + name + b"\x01aS\0\0\0\x01b"
    found = received(struct.pack(">HI", 0x2000, len(table)) + table, packed)
    assert (found.body, found.errors, found.headers) == (packed, [], {"a": "b"})


@pytest.mark.parametrize(
    "properties",
    [
        b"\x00\x80\x02\xff\xfe",  # an id that is no UTF-8
        b"\x00\x40" + b"\xff" * 8,  # a moment that is none
        b"\x20\x00\x00\x00\x00\x0a\x01xT" + b"\x7f" * 8,
        b"\x20\x00\x00\x00\x00\x03\x01x?",
        b"\x00\x80\xff",
    ],
    ids=["id", "moment", "header", "kind", "short"],
)
def test_a_message_whose_properties_nobody_can_read_has_none(properties: bytes) -> None:
    """Raised while it arrives, it would take all that its consumer has in hand with it, five times."""
    found = received(properties)
    assert (found.body, found.headers) == (b"{}", {})


def test_of_others_they_are_read() -> None:
    assert received(b"\x00\x80\x02ab").properties == {"message_id": "ab"}
