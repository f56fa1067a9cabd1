"""What the AI service tells the others, each in the transaction of the change itself."""

from sqlalchemy.orm import Session

from ai.budgets import periods
from servicekit.events import Event, publish


def budget_reached(session: Session, owner: str, period: str, used: int, limit: int) -> None:
    """Most of somebody's budget is used; once in each period."""
    told = {"budget": periods.kind(period), "period": period, "used": used, "limit": limit}
    publish(session, Event.of("budget.reached.v1", owner, owner=owner, **told))
