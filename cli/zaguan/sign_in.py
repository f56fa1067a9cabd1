"""zaguan login, logout, whoami."""

import argparse
import webbrowser
from typing import Any

from zaguan import oauth
from zaguan.commands import Commands
from zaguan.failures import USAGE, Failure
from zaguan.http import Http, origin_of
from zaguan.session import Session


def register(commands: Commands) -> None:
    login_command = commands.add("login", login, "sign this program in; a browser anywhere confirms it")
    login_command.add_argument("address", nargs="?", help="of the platform, such as https://zaguan.example")
    login_command.add_argument("--scope", help="permissions to ask for, separated by spaces")
    login_command.add_argument("--no-browser", action="store_true", help="do not open one")
    commands.add("logout", logout, "sign this program out")
    commands.add("whoami", whoami, "who is signed in, where, and what they may do")


def login(session: Session, told: argparse.Namespace) -> None:
    """Show the code, wait for the person, keep the credentials; what was there before is signed out."""
    address = told.address or session.settings.url or session.profiles.url()
    if address is None:
        raise Failure("Say where: zaguan login https://zaguan.example", USAGE)
    http = session.at(origin_of(address))
    waiting = oauth.ask(http, told.scope)
    session.screen.say(f"Open {waiting.page} and type this code:\n\n    {waiting.user_code}")
    if not told.no_browser:
        _open(session, waiting.page_with_code)
    session.screen.say("\nWaiting for your word there … (Ctrl-C ends it)")
    credentials = oauth.wait(http, waiting)
    before, where = session.profiles.get(), session.profiles.url()
    session.profiles.put(http.url, credentials)
    if before and where:
        _sign_out(session.at(where), before.refresh)
    if session.settings.token:
        session.screen.say("ZAGUAN_TOKEN is set: it counts instead of this sign-in while it is.")
    account = http.send(
        "GET", "/api/account", headers={"Authorization": f"Bearer {credentials.access}"}
    ).json()
    content = _account(session, http.url, account)
    session.screen.result(content, f"Signed in to {http.url} as {_name(account)}.")


def logout(session: Session, _told: argparse.Namespace) -> None:
    """End it at the platform, and here in any case."""
    kept, url = session.profiles.get(), session.profiles.url()
    session.profiles.forget()
    if kept is None or url is None:
        session.screen.result({"signed_out": False}, "You were not signed in.")
        return
    try:
        oauth.revoke(session.at(url), kept.refresh)
    except Failure as failure:
        rest = f"It is forgotten here, but {url} does not know yet: end it there, under your devices."
        raise Failure(f"{failure} {rest}", failure.code) from None
    session.screen.result({"signed_out": True, "url": url}, f"Signed out of {url}.")


def whoami(session: Session, _told: argparse.Namespace) -> None:
    account = session.ask("GET", "/api/account").json()
    content = _account(session, session.http.url, account)
    words = [
        f"{_name(account)} at {session.http.url}",
        f"may: {', '.join(account['permissions']) or 'nothing yet'}",
    ]
    if account["status"] != "active":
        words.append(f"status: {account['status']}")
    if session.settings.token:
        words.append("with the access token in ZAGUAN_TOKEN, which may less than that perhaps")
    elif kept := session.profiles.get():
        words.append(f"this program may: {kept.scope.replace(' ', ', ') or 'nothing'}")
    session.screen.result(content, "\n".join(words))


def _account(session: Session, url: str, account: Any) -> dict[str, Any]:
    kept = None if session.settings.token else session.profiles.get()
    scope = {"scope": kept.scope.split()} if kept else {}
    return {"url": url, "profile": session.settings.profile, **scope, "account": account}


def _name(account: Any) -> str:
    name, email = account.get("name"), account.get("email")
    return f"{name} <{email}>" if name and email else str(name or email or account.get("id"))


def _open(session: Session, page: str) -> None:
    """In a browser that has a screen; one in this terminal would take it away from the code."""
    if session.settings.graphical and page.startswith(("https://", "http://")):
        webbrowser.open(page)


def _sign_out(http: Http, refresh: str) -> None:
    """Of a sign-in that is no longer used: if it cannot be told now, it ends by itself."""
    try:
        oauth.revoke(http, refresh)
    except Failure:
        return
