"""A server's certificate, and the authority that signed it: made for one server, its key thrown away."""

from datetime import UTC, datetime, timedelta
from ipaddress import IPv4Address, IPv6Address

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

TEN_YEARS = timedelta(days=3650)

LOOPBACK = (IPv4Address("127.0.0.1"), IPv6Address("::1"))

Key = ec.EllipticCurvePrivateKey


def for_server(host: str, lifetime: timedelta = TEN_YEARS) -> dict[str, str]:
    """`ca.pem`, `server-cert.pem` and `server-key.pem` for `host`, which is also reached as localhost.

    Nobody keeps the authority's key, so it never signs another one.
    """
    authority, server = ec.generate_private_key(ec.SECP256R1()), ec.generate_private_key(ec.SECP256R1())
    signed_by = _name(f"{host} authority")
    until = datetime.now(UTC) + lifetime
    ca = _builder(signed_by, signed_by, authority, authority, until).add_extension(
        x509.BasicConstraints(ca=True, path_length=0), critical=True
    )
    leaf = _builder(_name(host), signed_by, server, authority, until).add_extension(
        _names(host), critical=False
    )
    leaf = leaf.add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
    leaf = leaf.add_extension(x509.ExtendedKeyUsage([ExtendedKeyUsageOID.SERVER_AUTH]), critical=False)
    return {
        "ca.pem": _signed(ca.add_extension(_usage(signs_others=True), critical=True), authority),
        "server-cert.pem": _signed(leaf.add_extension(_usage(signs_others=False), critical=True), authority),
        "server-key.pem": server.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()).decode(),
    }


def _name(common: str) -> x509.Name:
    return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, common)])


def _names(host: str) -> x509.SubjectAlternativeName:
    names = [x509.DNSName(name) for name in dict.fromkeys((host, "localhost"))]
    return x509.SubjectAlternativeName([*names, *(x509.IPAddress(address) for address in LOOPBACK)])


def _builder(
    subject: x509.Name, issuer: x509.Name, key: Key, signer: Key, until: datetime
) -> x509.CertificateBuilder:
    """What both have (RFC 5280): who, until when, and the identifiers of both keys."""
    return (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(datetime.now(UTC) - timedelta(hours=1))  # clocks differ
        .not_valid_after(until)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
        .add_extension(
            x509.AuthorityKeyIdentifier.from_issuer_public_key(signer.public_key()), critical=False
        )
    )


def _usage(*, signs_others: bool) -> x509.KeyUsage:
    return x509.KeyUsage(
        digital_signature=not signs_others,
        content_commitment=False,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        key_cert_sign=signs_others,
        crl_sign=signs_others,
        encipher_only=False,
        decipher_only=False,
    )


def _signed(builder: x509.CertificateBuilder, by: Key) -> str:
    return builder.sign(by, hashes.SHA256()).public_bytes(Encoding.PEM).decode()
