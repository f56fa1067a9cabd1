"""What a visitor tries is counted in tokens, as a chat is: each address has a budget for the day, and so have all."""

from collections.abc import Iterator
from contextlib import contextmanager

from ai.budgets import account
from ai.budgets.service import Used
from ai.models.catalog import EMBEDDING
from ai.parts import Parts
from servicekit.identity import Identity


@contextmanager
def paid(parts: Parts, identity: Identity, text: str) -> Iterator[dict[str, str]]:
    """While the block runs its tokens are held, and then counted; 429 when the budget is used up.

    Gives the header that tells what is left.
    """
    tokens = len(parts.embeddings.model.tokens([text])[0])
    held = account.reserve(parts, identity, EMBEDDING.id, tokens)
    used = None
    try:
        yield {"X-Budget-Remaining": str(held.left)}
        used = Used(EMBEDDING.id, tokens, 0)
    finally:
        parts.keeper.settle(held, used)
