"""How models fail, and what of it a client is told: never the provider's own words."""

from dataclasses import dataclass
from typing import Literal

from ai.problems import ModelBusy, ModelFailed, NotForThisModel, TooLongForThisModel
from servicekit.problems import Problem, Timeout

Kind = Literal["away", "busy", "slow", "refused", "too-long", "shut", "garbage"]

AGAIN: frozenset[Kind] = frozenset({"away", "busy", "garbage"})
"""What may be otherwise at the next try. Who was slow once has cost enough of the client's time."""
ELSEWHERE: frozenset[Kind] = AGAIN | {"slow", "shut"}
"""What another model may do better."""
PATIENCE = 3  # seconds: who wants to be left alone for longer is not asked again
LONGEST_WAIT = 300


@dataclass
class Failed(Exception):
    """`reason` is for the log."""

    kind: Kind
    reason: str
    wait: int | None = None
    """Seconds after which the model says that it can be asked again."""

    def __str__(self) -> str:
        return f"{self.kind}: {self.reason}"

    @property
    def may_pass(self) -> bool:
        """Whether the same model may be asked again."""
        return self.kind in AGAIN and (self.wait or 0) <= PATIENCE

    def problem(self) -> Problem:
        match self.kind:
            case "slow":
                return Timeout("The model took too long to answer. Try again, or choose another model.")
            case "too-long":
                return TooLongForThisModel()
            case "refused":
                return NotForThisModel("The model does not take this request. Check its parameters.")
            case "garbage":
                return ModelFailed()
        return ModelBusy(min(self.wait or 5, LONGEST_WAIT))


def of_status(status: int, body: bytes, retry_after: str | None) -> Failed:
    """What an answer other than 200 means."""
    reason = f"status {status}"
    if status == 429:
        return Failed("busy", reason, _seconds(retry_after))
    if status in {401, 402, 403}:
        return Failed("shut", reason)  # our key is wrong, or not paid for
    if status in {400, 404, 405, 413, 415, 422}:
        long = status == 413 or b"context_length" in body or b"exceed_context" in body
        return Failed("too-long" if long else "refused", reason)
    if status in {408, 504}:
        return Failed("slow", reason)
    if status >= 500:
        return Failed("away", reason, _seconds(retry_after))
    return Failed("garbage", reason)


def _seconds(text: str | None) -> int | None:
    return min(int(text), LONGEST_WAIT) if text and text.isascii() and text.isdecimal() else None
