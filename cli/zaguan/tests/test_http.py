"""Where requests go, whom the program trusts, and what it says when nothing comes back."""

import ipaddress
import platform
import ssl
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec

from zaguan import http
from zaguan.failures import UNREACHABLE, USAGE, Failure
from zaguan.http import Http, origin_of
from zaguan.tests.server import serving

GOOD = [
    ("https://zaguan.example", "https://zaguan.example"),
    ("https://zaguan.example/", "https://zaguan.example"),
    ("https://zaguan.example/app/documents?x#y", "https://zaguan.example"),
    ("zaguan.example", "https://zaguan.example"),
    ("zaguan.example:8443/app", "https://zaguan.example:8443"),
    (" HTTPS://Zaguan.Example ", "https://zaguan.example"),
    ("localhost:8080", "http://localhost:8080"),
    ("127.0.0.1:8080", "http://127.0.0.1:8080"),
    ("[::1]:8080", "http://[::1]:8080"),
    ("http://localhost", "http://localhost"),
    ("https://localhost:8443", "https://localhost:8443"),
]
BAD = [
    "", "/", "http://", "https://:80", "ftp://localhost", "file:///etc/passwd", "javascript:alert(1)",
    "https://[::1", "[::1", "http://zaguan.example", "http://localhost.evil.example", "http://127.0.0.1.evil.example",
    "http://localhost@evil.example", "https://user:secret@zaguan.example", "https://zaguan.example:x",
    "https://zaguan.example:99999", "http://10.0.0.1", "http://0.0.0.0",
]  # fmt: skip


@pytest.mark.parametrize(("typed", "origin"), GOOD)
def test_an_address_is_its_origin(typed: str, origin: str) -> None:
    assert origin_of(typed) == origin


@pytest.mark.parametrize("typed", BAD)
def test_a_credential_goes_nowhere_else(typed: str) -> None:
    with pytest.raises(Failure) as failure:
        origin_of(typed)
    assert failure.value.code == USAGE


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_no_redirect_is_followed(status: int) -> None:
    with (
        serving((200, {})) as elsewhere,
        serving((status, b""), Location=f"{elsewhere.url}/steal") as script,
        pytest.raises(Failure, match="sends elsewhere"),
    ):
        _send(script.url)
    assert elsewhere.asked == []


def test_a_server_that_hangs_up_and_one_that_is_not_there_are_one_line() -> None:
    with serving((200, None)) as script, pytest.raises(Failure, match="broke off") as failure:
        _send(script.url)
    assert failure.value.code == UNREACHABLE
    with pytest.raises(Failure, match="cannot be reached") as failure:
        _send(script.url)
    assert failure.value.code == UNREACHABLE


def test_a_server_that_hangs_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(http, "TIMEOUT", 0.2)
    with serving((200, {})) as script:
        script.delay = 1
        with pytest.raises(Failure, match="did not answer in time"):
            _send(script.url)


def test_what_is_no_json_is_told() -> None:
    with serving((200, b"<html>")) as script, pytest.raises(Failure, match="not JSON"):
        _send(script.url).json()


def test_loopback_is_reached_without_the_proxy(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:9")
    with serving((200, {"ok": True})) as script:
        assert _send(script.url).json() == {"ok": True}


def test_large_bodies_are_watched_in_both_directions() -> None:
    seen: list[tuple[str, int, int]] = []

    def watch(what: str, size: int) -> http.More:
        done = [0]

        def more(count: int) -> None:
            done[0] += count
            seen.append((what, size, done[0]))

        return more

    with serving((200, b"x" * 300_000)) as script:
        client = Http(script.url, watch)
        answer = client.send("POST", "/x", body=b"a=" + b"y" * 200_000)
        client.close()
    assert len(answer.body) == 300_000
    assert script.asked[0]["form"]["a"] == "y" * 200_000
    assert ("Sending", 200_002, 200_002) in seen
    assert ("Reading", 300_000, 300_000) in seen


def test_only_a_certificate_that_is_trusted_is_talked_to(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("SSL_CERT_FILE", raising=False)
    certificate = _certificate(tmp_path)
    tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    tls.load_cert_chain(certificate)
    with serving((200, {"ok": True}), tls=tls) as script:
        with pytest.raises(Failure, match="SSL_CERT_FILE") as failure:
            _send(script.url)
        assert (failure.value.code, script.asked) == (UNREACHABLE, [])
        monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
        assert _send(script.url).json() == {"ok": True}
    monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "none.pem"))
    with pytest.raises(Failure, match="cannot be read"):
        _send(script.url)


def test_the_user_agent_is_plain_ascii_wherever_it_runs(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(platform, "node", lambda: "portátil-漢.local")
    assert http.user_agent().encode("ascii").startswith(b"zaguan/")


def _send(url: str) -> http.Answer:
    client = Http(url)
    try:
        return client.send("GET", "/api/account", headers={"Authorization": "Bearer zga_x"})
    finally:
        client.close()


def _certificate(folder: Path) -> Path:
    """A certificate of its own for 127.0.0.1, and its key, in one file."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "test")])
    moment = datetime.now(UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(moment - timedelta(days=1))
        .not_valid_after(moment + timedelta(days=1))
        .add_extension(
            x509.SubjectAlternativeName([x509.IPAddress(ipaddress.ip_address("127.0.0.1"))]), critical=False
        )
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    plain = serialization.NoEncryption()
    secret = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.TraditionalOpenSSL, plain
    )
    file = folder / "certificate.pem"
    file.write_bytes(made.public_bytes(serialization.Encoding.PEM) + secret)
    return file
