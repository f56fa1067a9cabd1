"""What is kept of a person's use, as a file; and erased."""

import json
from collections.abc import Iterator

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from ai.budgets import service
from ai.budgets.limits import PERSON
from ai.budgets.models import Budget, Reservation, Spending, Use
from servicekit.people import File


def files(tx: Session, person: str) -> Iterator[File]:
    """One file: by day and model, how much was used. Of what was asked and answered nothing is kept."""
    rows = tx.scalars(select(Use).where(Use.subject == person, Use.requests > 0).order_by(Use.day, Use.model))
    names = ("day", "model", "requests", "prompt_tokens", "completion_tokens")
    told = [{name: getattr(use, name) for name in names} for use in rows]
    if told:
        yield File("ai-use.json", json.dumps(told, indent=2, ensure_ascii=False) + "\n")


def erase(tx: Session, person: str) -> bool:
    """All at once: there are a few rows a day. What is reserved is given back first: others may be counted with it."""
    for reserved in tx.scalars(select(Reservation.id).where(Reservation.subject == person)).all():
        service.release(tx, reserved)
    for owned in (
        delete(Spending).where(Spending.subject == person),
        delete(Use).where(Use.subject == person),
        delete(Budget).where(Budget.scope == PERSON, Budget.name == person),
    ):
        tx.execute(owned, execution_options={"synchronize_session": False})
    return True
