"""Rules of the configuration itself: one list of routes, three lines a service, nothing that nginx forgets silently."""

import json
import re
import shutil
import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from scripts.gateway import BadSetting, Gateway, clean, private_folders, render

from .conftest import Behind, OpenDoor, described
from .door import Door, bearer
from .services import read_token, running

NGINX = Path(__file__).resolve().parents[2] / "nginx"
ROUTES = NGINX / "configs" / "default.conf"
GUARDS = (
    "protected",
    "open-to-visitors",
    "trial",
    "public",
    "sign-in",
    "programs",
    "demo-provider",
    "frontend",
)

SOURCES = sorted([*NGINX.rglob("*.conf"), *NGINX.rglob("*.conf.template")])


def directives(file: Path) -> str:
    """Without comments."""
    return re.sub(r"(?m)(^|\s)#.*$", "", file.read_text(encoding="utf-8"))


def locations(file: Path) -> dict[str, str]:
    """Each location's heading and body (these files nest only an `if` inside)."""
    return dict(re.findall(r"location ([^\n]+?) \{\n(.*?)\n    \}", directives(file), re.DOTALL))


def test_routes_are_listed_in_one_file_only() -> None:
    """Others are internal, or have a name instead of an address."""
    assert len(locations(ROUTES)) > 10
    for file in SOURCES:
        if file != ROUTES:
            headings = re.findall(r"location [^@\n]+\{\n\s*(\w+)", directives(file))
            assert set(headings) <= {"internal"}, file


def test_every_route_is_guarded() -> None:
    """Also `open to all` is said: a route without one of these would receive what its neighbours do not."""
    for heading, body in locations(ROUTES).items():
        if heading == "/":
            assert body.strip() == "return 404;"
        else:
            assert len(re.findall(rf"include snippets/(?:{'|'.join(GUARDS)})\.conf;", body)) == 1, heading


@pytest.mark.parametrize("place", ["templates", "container"])
def test_where_a_route_leads_is_known_in_every_place(place: str) -> None:
    """One name missing in containers would keep the gateway there from starting."""
    known = re.findall(
        r"^upstream (\w+)", directives(NGINX / place / "upstreams.conf.template"), re.MULTILINE
    )
    assert set(re.findall(r"proxy_pass http://(\w+);", directives(ROUTES))) <= set(known)


def test_no_two_zones_of_shared_memory_have_one_name() -> None:
    """Groups have zones in containers only: nginx would start everywhere but there."""
    elsewhere = [*(NGINX / "templates").iterdir(), *(NGINX / "snippets").iterdir(), NGINX / "nginx.conf"]
    limits = [name for file in elsewhere for name in re.findall(r"zone=(\w+):", directives(file))]
    groups = re.findall(r"zone (\w+) ", directives(NGINX / "container" / "upstreams.conf.template"))
    assert len(groups) == 6
    assert sorted({*limits, *groups}) == sorted([*limits, *groups])


def test_no_route_throws_inherited_headers_away() -> None:
    for heading, body in locations(ROUTES).items():
        assert not re.search(
            r"proxy_set_header|add_header|proxy_hide_header|proxy_pass_request|error_page", body
        ), heading


@pytest.mark.parametrize("file", sorted((NGINX / "snippets").glob("*.conf")), ids=lambda file: file.stem)
def test_a_snippet_passes_headers_whole_and_says_why_it_is(file: Path) -> None:
    assert file.read_text(encoding="utf-8").startswith("# ")
    text = directives(file)
    if "proxy_set_header" in text and file.stem not in {"passed-headers", "authorize-question"}:
        assert "include snippets/passed-headers.conf;" in text
    if "proxy_hide_header" in text and file.stem != "hidden-headers":
        assert "include snippets/hidden-headers.conf;" in text
    if "add_header" in text:
        assert file.stem == "answer-headers"


@pytest.mark.parametrize("file", SOURCES, ids=lambda file: file.name)
def test_every_snippet_is_used(file: Path) -> None:
    everything = "".join(directives(source) for source in SOURCES)
    relative = file.relative_to(NGINX)
    name = (
        f"rendered/{relative.name.removesuffix('.template')}" if file.suffix == ".template" else str(relative)
    )
    assert f"include {name};" in everything or name == "nginx.conf"


def test_a_protected_service_is_three_lines(open_door: OpenDoor, tmp_path: Path) -> None:
    """And its address. Nothing else: headers, checks, limits and errors come with it."""
    source = tmp_path / "nginx"
    shutil.copytree(NGINX, source)
    route = """
    location ~ ^/api/notes(?:/|$) {
        set $audience notes;
        include snippets/protected.conf;
        proxy_pass http://notes;
    }
"""
    (source / "configs" / "default.conf").write_text(
        ROUTES.read_text().replace("    # --- Signing in", route + "\n    # --- Signing in")
    )
    with (source / "templates" / "upstreams.conf.template").open("a") as groups:
        groups.write("upstream notes { server ${NOTES}; include snippets/keepalive.conf; }\n")
    with running("notes") as notes:
        door = open_door(source=source, services={"notes": notes.address})
        assert door.get("/api/notes/1").status == 401
        seen = door.get("/api/notes/1?x=y", [bearer("zgn_ada"), ("X-User", "eva")])
    assert (seen.json()["service"], seen.json()["path"]) == ("notes", "/api/notes/1")
    assert read_token(seen.upstream["authorization"][0]) == {"sub": "ada", "aud": "notes"}
    assert "x-user" not in seen.upstream
    assert seen.all("cache-control") == ["no-store"]


# What nginx is linted for, but for two rules: the limit of open files is the system's (we take what it gives), and
# try_files is how a single-page app is served.
SKIPPED = "worker_rlimit_nofile_vs_connections,try_files_is_evil_too"


def test_the_lint_of_nginx_finds_nothing(door: Door) -> None:
    gixy = Path(sys.executable).with_name("gixy")
    config = door.prefix / "conf" / "nginx.conf"
    found = subprocess.run(
        [gixy, "-f", "json", "--skips", SKIPPED, config], capture_output=True, text=True, check=False
    )
    assert json.loads(found.stdout) == [], found.stdout


# --- rendering --------------------------------------------------------------------------------------------------

BAD: list[dict[str, Any]] = [
    {"rate_api": "100"}, {"rate_api": "0r/s"}, {"rate_sign_in": "10r/h"}, {"rate_visitor": "5r/s; deny all"},
    {"rate_visitor": ""}, {"public_url": "localhost:8080"}, {"public_url": "https://zaguan.example/"},
    {"public_url": "https://zaguan.example/app"}, {"public_url": 'http://a"; }'}, {"public_url": "ftp://a"},
    {"public_url": "https://Zaguan.example"}, {"public_url": "https://user@zaguan.example"}, {"port": 0},
    {"port": 70000}, {"bind": "localhost"}, {"bind": "127.0.0.1; deny all"}, {"trusted_proxies": ("a.example",)},
    {"trusted_proxies": ("10.0.0.1/8",)}, {"trusted_proxies": ("10.0.0.0/8; x",)}, {"backend": "nowhere"},
    {"backend": "a:1; }"}, {"documents": "http://a:1"}, {"demo_idp": "a"}, {"frontend_root": Path('/a"b')},
    {"frontend_rules": Path("/a;b")}, {"access_log": "/tmp/$host"},
]  # fmt: skip


@pytest.mark.parametrize("changed", BAD, ids=str)
def test_a_bad_setting_is_one_clear_line(
    behind: Behind, app: Path, tmp_path: Path, changed: dict[str, Any]
) -> None:
    try:
        with pytest.raises(BadSetting) as refused:
            render(described(behind, app, tmp_path, **changed), tmp_path)
    finally:
        clean(tmp_path)
    assert "\n" not in str(refused.value)


def test_kept_decisions_are_in_a_private_folder_emptied_at_start(
    behind: Behind, app: Path, tmp_path: Path
) -> None:
    gateway: Gateway = described(behind, app, tmp_path)
    for folder in private_folders(tmp_path):
        folder.mkdir(mode=0o755)
        (folder / "left-by-the-last-run").touch()
    render(gateway, tmp_path)
    for folder in private_folders(tmp_path):
        assert folder.stat().st_mode & 0o777 == 0o700
        assert not list(folder.glob("left*"))
    render(replace(gateway, rate_api="1r/s"), tmp_path)
    assert "rate=1r/s" in (tmp_path / "conf" / "rendered" / "rates.conf").read_text()
    clean(tmp_path)
    assert not any(folder.exists() for folder in private_folders(tmp_path))
