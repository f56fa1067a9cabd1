"""What only this service refuses."""

import math
from typing import Literal

from servicekit.problems import NotFound, Problem, TooManyRequests

When = Literal["soon", "then", "never"]
"""When a budget has enough: once what is under way has ended, in the next period, or not in this size at all."""


class ModelNotFound(NotFound):
    slug, title = "model-not-found", "There is no such model"
    default_detail = "It does not exist, or it is not for you. GET /api/ai/v1/models lists yours."


class NotForThisModel(Problem):
    slug, title, status = "not-for-this-model", "This model cannot do that", 400
    default_detail = "Ask for less, or choose another model."


class TooLongForThisModel(NotForThisModel):
    slug, title = "too-long-for-this-model", "Too long for this model"
    default_detail = "The messages are longer than this model can read. Shorten them."


class BudgetUsedUp(TooManyRequests):
    slug, title = "budget-used-up", "The budget is used up"
    default_detail = "Wait until the next period begins, or ask an administrator for more."

    def __init__(
        self, detail: str, *, whose: str, budget: str, left: int, seconds: int, when: When = "then"
    ) -> None:
        self.whose, self.budget = whose, budget
        # The last is what OpenAI's clients heed: trying again at once is of no use.
        told = {"Retry-After": str(seconds), "X-Budget-Remaining": str(left), "X-Should-Retry": "false"}
        super().__init__(detail, headers=told)
        self.seconds, self.when = seconds, when


class QueueFull(TooManyRequests):
    slug, title = "queue-full", "Too many are waiting already"
    default_detail = "The model has more to do than it can. Try again in a few seconds."

    def __init__(self, detail: str | None = None) -> None:
        super().__init__(detail, headers={"Retry-After": "5"})


class TooFast(TooManyRequests):
    default_detail = (
        "You search, ask or have tags suggested more often than this is meant for. Wait a moment."
    )

    def __init__(self, seconds: float) -> None:
        super().__init__(headers={"Retry-After": str(math.ceil(seconds))})


class ModelFailed(Problem):
    slug, title, status = "model-failed", "The model did not answer as it should", 502
    default_detail = "What came from the model was not an answer. Try again, or choose another model."


class ModelBusy(Problem):
    slug, title, status = "model-unavailable", "The model is not available at the moment", 503
    default_detail = (
        "The model does not take questions at the moment. Try again later, or choose another one."
    )

    def __init__(self, seconds: int = 5) -> None:
        super().__init__(headers={"Retry-After": str(seconds)})
