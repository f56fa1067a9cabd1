"""`make up` after the set-up: checks, secrets, migrations, then the whole platform until Ctrl-C."""

import argparse
import os
import signal
import time
from pathlib import Path
from types import FrameType

from demo_idp.accounts import ACCOUNTS
from scripts import console, dev_secrets, processes
from scripts.alone import alone
from scripts.console import Failure, step
from scripts.logs import Follower
from scripts.ports import free_block, is_taken
from scripts.processes import Running
from scripts.settings import deployer_settings
from scripts.shell import ROOT
from scripts.stack import LOOPBACK, Stack
from scripts.stamps import fingerprint, is_made_from

READY_WITHIN = 60.0
MIGRATED_BY = ("backend", "services/documents", "services/ai", "libs/servicekit", "contracts")

ROLES = {
    "ada": "administrator",
    "mar": "member",
    "pau": "not yet authorised",
    "eva": "her e-mail is not verified",
}


def main() -> int:
    began = time.monotonic()
    arguments = _arguments()
    stack = Stack.from_settings(deployer_settings(arguments.env_file), arguments.var, arguments.secrets)
    for number in (signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, _interrupt)
    with alone(stack.var, stack.public_url):
        _prepare(stack)
        return _serve(stack, began)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m scripts.up", description=__doc__)
    parser.add_argument("--var", type=Path, default=ROOT / "var", help="data, logs and sockets")
    parser.add_argument("--secrets", type=Path, default=ROOT / "secrets")
    parser.add_argument("--env-file", type=Path, default=ROOT / ".env")
    return parser.parse_args()


def _interrupt(_signal: int, _frame: FrameType | None) -> None:
    """End as Ctrl-C does."""
    raise KeyboardInterrupt


def _prepare(stack: Stack) -> None:
    _check_ports(stack)
    with step("Secrets"):
        dev_secrets.ensure(stack.secrets, stack.clients)
    stack.make_folders()
    _migrate(stack)


def _migrate(stack: Stack) -> None:
    """Migrate, unless these very database files were migrated by this very code."""
    stamp = stack.data / "migrated-by"
    if is_made_from(stamp, _state(stack)):
        return
    stamp.unlink(missing_ok=True)
    with step("Database migrations"):
        processes.migrate(stack)
    stamp.write_text(_state(stack))


def _state(stack: Stack) -> str:
    """Which code, and which files; of another database nothing is known, so it never looks the same."""
    sources = (
        file for folder in MIGRATED_BY for file in sorted((ROOT / folder).rglob("*.*")) if file.is_file()
    )
    code = (file for file in sources if file.suffix in {".py", ".toml", ".md"})
    urls = [stack.database_url(job.name) for job in stack.migrations]
    files = [Path(url.removeprefix("sqlite:///")) for url in urls]
    known = [f"{file} {file.stat().st_ino}" if file.is_file() else os.urandom(8).hex() for file in files]
    policy = stack.settings.get("POLICY_FILE")
    return fingerprint(code, *known, Path(policy).read_text() if policy and Path(policy).is_file() else "")


def _check_ports(stack: Stack) -> None:
    for name, port in stack.ports.items():
        if is_taken(port, stack.bind if name == "gateway" else LOOPBACK):
            other = free_block(len(stack.ports))
            raise Failure(f"Port {port} ({name}) is taken. Free it, or use others: make up PORT={other}")


def _serve(stack: Stack, began: float) -> int:
    parts = [Running(process, _fresh_log(stack.logs, process.name)) for process in stack.processes]
    try:
        with step("Start"):
            processes.start(parts, READY_WITHIN)
            _check_page(stack)
        print(f"\n{console.box(_greeting(stack, time.monotonic() - began))}\n", flush=True)
        return _watch(parts)
    except KeyboardInterrupt:
        return 0
    finally:
        _stop(stack, parts)


def _fresh_log(folder: Path, name: str) -> Path:
    """The log of this run; that of the run before stays beside it as `….1`."""
    log = folder / f"{name}.log"
    if log.exists():
        log.replace(folder / f"{name}.log.1")
    log.touch(mode=0o600)
    return log


def _check_page(stack: Stack) -> None:
    """A page of the app, all the way through the gateway."""
    page = stack.door("/")
    if not processes.answers(page, timeout=10):
        raise Failure(
            f"The gateway runs, but {page} does not answer 200 (log: {stack.logs / 'gateway.log'})."
        )


def _watch(parts: list[Running]) -> int:
    """Show warnings until Ctrl-C, or until one part ends by itself."""
    followers = [Follower(part.name, part.log) for part in parts]
    while True:
        for follower in followers:
            for line in follower.new_lines():
                print(line, flush=True)
        for part in parts:
            if part.exit_code is not None:
                raise Failure(f"{processes.told_end(part)}: the rest is stopped too (log: {part.log}).")
        time.sleep(0.2)


def _stop(stack: Stack, parts: list[Running]) -> None:
    """Stop all, in a bounded time, whatever is pressed meanwhile."""
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, signal.SIG_IGN)
    if any(part.is_running for part in parts):
        print()
        with step("Stop"):
            processes.stop(parts)
    stack.clean()


def _greeting(stack: Stack, seconds: float) -> list[str]:
    people = [f"{account.name} – {ROLES[key]}" for key, account in ACCOUNTS.items()]
    labels = ["Sign in as", *[""] * (len(people) - 1)]
    return [
        f"Zaguán is ready: {stack.public_url}  ({seconds:.1f} s)",
        "",
        *(
            [f"{label:<11} {person}" for label, person in zip(labels, people, strict=True)]
            if stack.demo
            else []
        ),
        f"{'API':<11} {stack.public_url}/api/docs",
        f"{'Logs':<11} {stack.logs}",
        f"{'Stop':<11} Ctrl-C",
    ]


if __name__ == "__main__":
    console.run(main)
