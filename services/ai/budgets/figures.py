"""What is counted of budgets, for Prometheus."""

from prometheus_client import Counter


class Figures:
    """`whose`: a person's, one visitor's, or that of all visitors; `budget`: of the day or of the month. Who has a
    registry registers them there."""

    def __init__(self) -> None:
        told = "Requests that were refused because a budget is used up"
        self.refusals = Counter("ai_budget_refusals", told, ("whose", "budget"), registry=None)
