"""zaguan token list, revoke, create. Making one is done at the browser, after a fresh sign-in: this shows the way."""

import argparse
import webbrowser
from urllib.parse import quote

from zaguan.commands import Commands
from zaguan.session import Session

PAGE = "/app/account/tokens/new"


def register(commands: Commands) -> None:
    area = commands.area("token", "personal access tokens, for scripts and other programs")
    area.add("list", list_tokens, "your access tokens")
    area.add("create", create, "make one: opens the page for it, where its text is shown once")
    revoked = area.add("revoke", revoke, "end an access token")
    revoked.add_argument("id", nargs="+", help="as `zaguan token list` shows it")


def list_tokens(session: Session, _told: argparse.Namespace) -> None:
    items = session.ask("GET", "/api/account/tokens").json()["items"]
    rows = (
        [
            item["id"],
            item["name"],
            " ".join(item["permissions"]),
            _day(item["last_used_at"], "never"),
            _day(item["expires_at"], "never"),
        ]
        for item in items
    )
    session.screen.table({"items": items}, ["ID", "NAME", "MAY", "USED", "EXPIRES"], rows)


def create(session: Session, _told: argparse.Namespace) -> None:
    page = f"{session.http.url}{PAGE}"
    session.screen.result({"page": page}, f"Make it in the browser: {page}")
    if session.settings.graphical:
        webbrowser.open(page)


def revoke(session: Session, told: argparse.Namespace) -> None:
    def end(token_id: str) -> None:
        session.ask("DELETE", f"/api/account/tokens/{quote(token_id, safe='')}")

    session.screen.each("Revoked", told.id, end)


def _day(moment: str | None, otherwise: str) -> str:
    return moment[:10] if moment else otherwise
