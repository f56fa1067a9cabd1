"""Several rankings as one: reciprocal rank fusion (Cormack, Clarke and Büttcher 2009)."""

from collections.abc import Sequence

K = 60
"""As in the paper: what is first in one ranking does not outweigh what is high in both."""


def fused(*rankings: Sequence[str]) -> list[tuple[str, float]]:
    """Each id with the sum of 1/(K + rank) over the rankings, the best first; at a tie the first ranking decides."""
    scores: dict[str, float] = {}
    for ranking in rankings:
        for rank, each in enumerate(ranking, start=1):
            scores[each] = scores.get(each, 0.0) + 1 / (K + rank)
    return sorted(scores.items(), key=lambda scored: -scored[1])
