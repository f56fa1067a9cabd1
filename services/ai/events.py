"""What the AI service tells the others, each in the transaction of the change itself."""

from sqlalchemy.orm import Session

from ai.budgets import periods
from servicekit.events import Event, publish
from servicekit.message_tokens import MessageToken


def budget_reached(session: Session, owner: str, period: str, used: int, limit: int) -> None:
    """Most of somebody's budget is used; once in each period."""
    told = {"budget": periods.kind(period), "period": period, "used": used, "limit": limit}
    publish(session, Event.of("budget.reached.v1", owner, owner=owner, **told))


def budget_changed(session: Session, event: Event, token: MessageToken) -> None:
    """An administrator has set or removed a budget: `ai.budget_changed.v1`, made by ai.budgets.change."""
    publish(session, event, on_behalf_of=token)


def tags_chosen(
    session: Session, owner: str, suggestion_id: str, document: str | None, model: str, **counts: int
) -> None:
    """Somebody said what they kept of a suggestion."""
    told = {"owner": owner, "document": document, "model": model, **counts}
    publish(session, Event.of("ai.tags_chosen.v1", suggestion_id, **told))
