"""What the worker hears for the streams. Handlers only note that something is another now: who is told asks for it."""

from sqlalchemy.orm import Session as Transaction

from backend.live.service import BUDGET, DOCUMENTS, JOB, SESSION, note
from servicekit.events import Event
from servicekit.events.consumer import Handlers

READ_DOCUMENTS, USE_AI = "documents:read", "ai:use"


def document_saved(tx: Transaction, event: Event) -> None:
    told = {"id": event.subject, "kind": "saved", "version": event.data["version"]}
    note(tx, event.data["owner"], DOCUMENTS, READ_DOCUMENTS, told)


def document_deleted(tx: Transaction, event: Event) -> None:
    note(tx, event.data["owner"], DOCUMENTS, READ_DOCUMENTS, {"id": event.subject, "kind": "deleted"})


def documents_job_changed(tx: Transaction, event: Event) -> None:
    _job_changed(tx, event, "documents", READ_DOCUMENTS)


def ai_job_changed(tx: Transaction, event: Event) -> None:
    _job_changed(tx, event, "ai", USE_AI)


def _job_changed(tx: Transaction, event: Event, service: str, needs: str) -> None:
    told = {name: event.data[name] for name in ("kind", "state", "done", "total") if name in event.data}
    note(tx, event.data["owner"], JOB, needs, {"id": event.subject, "service": service, **told})


def session_revoked(tx: Transaction, event: Event) -> None:
    note(tx, event.subject, SESSION, None, {"changed": "sessions"})


def account_changed(tx: Transaction, event: Event) -> None:
    note(tx, event.subject, SESSION, None, {"changed": event.data["part"]})


def budget_reached(tx: Transaction, event: Event) -> None:
    told = {name: event.data[name] for name in ("budget", "period", "used", "limit")}
    note(tx, event.data["owner"], BUDGET, USE_AI, told)


HANDLERS: Handlers = {
    "document.saved.v1": document_saved,
    "document.deleted.v1": document_deleted,
    "documents.job_changed.v1": documents_job_changed,
    "ai.job_changed.v1": ai_job_changed,
    "session.revoked.v1": session_revoked,
    "account.changed.v1": account_changed,
    "budget.reached.v1": budget_reached,
}
