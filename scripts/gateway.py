"""The gateway outside a container: writes what nginx/ leaves to the place where it runs, and says how to start it."""

from __future__ import annotations

import grp
import hashlib
import ipaddress
import os
import pwd
import re
import resource
import shutil
import tempfile
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

REPOSITORY = Path(__file__).resolve().parent.parent

_RATE = re.compile(r"[1-9][0-9]{0,6}r/[sm]")
_PUBLIC_URL = re.compile(
    r"https?://(?:[a-z0-9](?:[a-z0-9.-]*[a-z0-9])?|\[[0-9a-f:.]+\])(?::[1-9][0-9]{0,4})?"
)
_ADDRESS = re.compile(r"(?:[A-Za-z0-9._-]+|\[[0-9A-Fa-f:.]+\]):[1-9][0-9]{0,4}")
_PATH = re.compile(r"/[^\"'$\\;{}\n\r]*")
_PLACE = re.compile(r"\$\{([A-Z_]+)\}")
_DEFAULT_PORTS = {"http": ":80", "https": ":443"}


class BadSetting(ValueError):
    """A value nginx must not be given; the message is one line for the person who set it."""


@dataclass(frozen=True, kw_only=True)
class Gateway:
    """What one running gateway depends on. Addresses are `host:port`."""

    port: int
    public_url: str
    backend: str
    documents: str
    frontend_root: Path
    """The folder with the app's built files."""
    streams: str | None = None
    """Where live updates are followed; None: at the backend itself."""
    ai: str | None = None
    """None: the AI service is off, its routes answer 404."""
    demo_idp: str | None = None
    """None: there is no demo identity provider, its routes answer 404."""
    bind: str = "127.0.0.1"
    rate_sign_in: str = "10r/s"
    rate_api: str = "100r/s"
    rate_visitor: str = "5r/s"
    trusted_proxies: tuple[str, ...] = ()
    access_log: str = "/dev/stdout"
    error_log: str = "stderr"
    nginx: str = "nginx"
    source: Path = REPOSITORY / "nginx"
    frontend_rules: Path = REPOSITORY / "frontend" / "static.conf"
    services: dict[str, str] = field(default_factory=dict)
    """Further services: the name in templates/upstreams.conf.template (lower case) and its address."""


@dataclass(frozen=True)
class _Account:
    """Whom the workers run as."""

    uid: int
    gid: int
    directive: str


def render(gateway: Gateway, into: Path) -> list[str]:
    """Fills `into` (nginx's prefix) and returns the command that starts the gateway in the foreground."""
    into = into.resolve()
    account = _workers_account(gateway.source)
    values = _checked(gateway, into)
    memory, disk = private_folders(into)
    for folder in (memory, disk):
        _make_private(folder, account)
    values |= {
        "USER": account.directive,
        "MEMORY": _path("run folder", memory),
        "DISK": _path("run folder", disk),
        "FRONTEND_ROOT": _path("frontend folder", _readable_frontend(gateway.frontend_root, disk, account)),
    }
    conf = into / "conf"
    _link_sources(gateway.source, conf)
    _write_rendered(gateway.source / "templates", conf / "rendered", values)
    return [gateway.nginx, "-e", "stderr", "-p", f"{into}/", "-c", "conf/nginx.conf", "-g", "daemon off;"]


def clean(into: Path) -> None:
    """Removes what `render` made outside `into`: kept decisions, temporary bodies, the app's socket."""
    for folder in private_folders(into.resolve()):
        shutil.rmtree(folder, ignore_errors=True)


def private_folders(into: Path) -> tuple[Path, Path]:
    """In memory (kept decisions, the app's socket, whose path must be short) and on disk (large bodies)."""
    name = f"zaguan-{os.geteuid()}-{hashlib.sha256(bytes(into)).hexdigest()[:12]}"
    on_disk = Path(tempfile.gettempdir())
    in_memory = Path("/dev", "shm")
    if not os.access(in_memory, os.W_OK):
        in_memory = on_disk
    return in_memory / f"{name}-memory", on_disk / f"{name}-disk"


def _workers_account(source: Path) -> _Account:
    """Root only opens the port: the workers are the checkout's owner, or for root's an account without rights."""
    if os.geteuid() != 0:
        return _Account(os.geteuid(), os.getegid(), "")
    owner = source.stat().st_uid
    entry = pwd.getpwuid(owner) if owner else _unprivileged()
    group = grp.getgrgid(entry.pw_gid).gr_name
    return _Account(entry.pw_uid, entry.pw_gid, f"user {entry.pw_name} {group};")


def _unprivileged() -> pwd.struct_passwd:
    for name in ("www-data", "nginx", "nobody"):
        try:
            return pwd.getpwnam(name)
        except KeyError:
            continue
    raise BadSetting(
        "root starts the gateway, and there is no account www-data, nginx or nobody for its workers"
    )


def _make_private(folder: Path, account: _Account) -> None:
    """An empty folder that only the workers may enter; whoever else left one there is an error, not a guest."""
    if folder.is_symlink():
        folder.unlink()
    shutil.rmtree(folder, ignore_errors=True)
    try:
        folder.mkdir(mode=0o700)
    except FileExistsError:
        raise BadSetting(f"{folder} belongs to someone else: remove it") from None
    os.chown(folder, account.uid, account.gid)


def _readable_frontend(root: Path, disk: Path, account: _Account) -> Path:
    """Root's checkout may be closed to the workers: they are given a copy of the built app."""
    if account.uid == os.geteuid() or not root.is_dir():
        return root.absolute()
    copy = disk / "frontend"
    shutil.copytree(root, copy)
    return copy


def _link_sources(source: Path, conf: Path) -> None:
    conf.mkdir(parents=True, exist_ok=True)
    for name in ("nginx.conf", "configs", "snippets"):
        link = conf / name
        link.unlink(missing_ok=True)
        link.symlink_to(source.resolve() / name)


def _write_rendered(templates: Path, rendered: Path, values: dict[str, str]) -> None:
    """What envsubst does in a container: `${NAME}` becomes the value, `$name` stays nginx's."""
    shutil.rmtree(rendered, ignore_errors=True)
    rendered.mkdir(mode=0o700)
    for template in sorted(templates.glob("*.conf.template")):
        text = template.read_text(encoding="utf-8")
        text = _PLACE.sub(lambda found: values[found[1]], text)
        (rendered / template.stem).write_text(text, encoding="utf-8")


def _checked(gateway: Gateway, into: Path) -> dict[str, str]:
    """The values of the templates, none of which nginx could read as more than a value."""
    addresses = {
        "backend": gateway.backend,
        "streams": gateway.streams or gateway.backend,
        "documents": gateway.documents,
        **gateway.services,
    }
    https = gateway.public_url.startswith("https://")
    return {
        **{
            name.upper(): _matching(_ADDRESS, f"address of {name}", at, "host:port")
            for name, at in addresses.items()
        },
        # A group needs an address, and discard's answers nobody.
        "DEMO_IDP": _matching(
            _ADDRESS, "address of demo_idp", gateway.demo_idp or "127.0.0.1:9", "host:port"
        ),
        "AI": _matching(_ADDRESS, "address of ai", gateway.ai or "127.0.0.1:9", "host:port"),
        "AI_SERVICE": "on" if gateway.ai else "off",
        "DEMO_PROVIDER": "on" if gateway.demo_idp else "off",
        "LISTEN": _listen(gateway.bind, gateway.port),
        "ORIGIN": _origin(gateway.public_url),
        "HSTS": "max-age=31536000; includeSubDomains" if https else "",
        "RATE_SIGN_IN": _matching(_RATE, "RATE_SIGN_IN", gateway.rate_sign_in, "10r/s or 600r/m"),
        "RATE_API": _matching(_RATE, "RATE_API", gateway.rate_api, "100r/s or 6000r/m"),
        "RATE_VISITOR": _matching(_RATE, "RATE_VISITOR", gateway.rate_visitor, "5r/s or 300r/m"),
        "TRUSTED_PROXIES": "\n".join(_trusted(gateway.trusted_proxies)),
        "RUN": _path("run folder", into),
        "ACCESS_LOG": gateway.access_log
        if gateway.access_log == "off"
        else f'"{_path("log", gateway.access_log)}"',
        "ERROR_LOG": "stderr" if gateway.error_log == "stderr" else f'"{_path("log", gateway.error_log)}"',
        "OPEN_FILES": str(_open_files()),
        "FRONTEND_RULES": _path("frontend rules", gateway.frontend_rules.absolute()),
    }


def _matching(pattern: re.Pattern[str], name: str, value: str, example: str) -> str:
    if not pattern.fullmatch(value):
        raise BadSetting(f"{name} is {value!r}; it must look like {example}")
    return value


def _path(name: str, path: Path | str) -> str:
    return _matching(_PATH, name, str(path), "/a/plain/path, without quotes, $, \\, ; or braces")


def _origin(public_url: str) -> str:
    """As browsers write it in Origin: without the scheme's own port."""
    _matching(_PUBLIC_URL, "PUBLIC_URL", public_url, "https://zaguan.example (no path, lower case)")
    return public_url.removesuffix(_DEFAULT_PORTS[public_url.partition(":")[0]])


def _listen(bind: str, port: int) -> str:
    try:
        address = ipaddress.ip_address(bind)
    except ValueError:
        raise BadSetting(f"BIND is {bind!r}; it must be an IP address such as 127.0.0.1") from None
    if not 0 < port < 65536:
        raise BadSetting(f"PORT is {port}; it must be between 1 and 65535")
    return f"[{address}]:{port}" if address.version == 6 else f"{address}:{port}"


def _trusted(proxies: Iterable[str]) -> Iterable[str]:
    for proxy in proxies:
        try:
            network = ipaddress.ip_network(proxy)
        except ValueError:
            raise BadSetting(
                f"TRUSTED_PROXIES has {proxy!r}; it must list addresses such as 10.0.0.0/8"
            ) from None
        yield f"set_real_ip_from {network};"


def _open_files() -> int:
    """As many as nginx.conf's connections can need, and no more than the system allows."""
    _, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    return 65536 if hard == resource.RLIM_INFINITY else min(hard, 65536)
