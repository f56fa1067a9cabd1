"""How many exports run at once."""

import threading

from servicekit.problems import Conflict, Unavailable


class Places:
    """Exports hold a thread for a while: a few at a time in each process, and one for each person."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._lock = threading.Lock()
        self._taken: set[str] = set()

    def take(self, person: str) -> None:
        """409 when this person has one, 503 when there are too many."""
        with self._lock:
            if person in self._taken:
                raise Conflict("Your data is being exported already. Wait for that to end.")
            if len(self._taken) >= self._most:
                raise Unavailable("Too many exports at the moment. Try again in a minute.")
            self._taken.add(person)

    def leave(self, person: str) -> None:
        with self._lock:
            self._taken.discard(person)
