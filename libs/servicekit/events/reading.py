"""What arrives: an event as its schemas say, with the message token that its type asks for. Nothing else goes on."""

from dataclasses import replace

from servicekit.events import schemas
from servicekit.events.behalf import speaking
from servicekit.events.event import Event, InvalidEvent
from servicekit.events.line import Delivery
from servicekit.identity import InvalidToken
from servicekit.message_tokens import HEADER, MessageToken, MessageVerifier


class Reader:
    def __init__(self, verifier: MessageVerifier) -> None:
        self._verifier = verifier

    def read(self, delivery: Delivery) -> Event:
        """InvalidEvent whatever is wrong with it; Unavailable while the backend's keys have never been seen."""
        event = schemas.read(delivery.body)
        if event.id != delivery.event_id:
            raise InvalidEvent("the message's id is not the event's")
        return replace(event, on_behalf_of=self._token(event, delivery.headers.get(HEADER)))

    def _token(self, event: Event, told: object) -> MessageToken | None:
        if (told is not None) != (event.type in speaking()):
            raise InvalidEvent(
                "message token: there is none" if told is None else "message token: not of this type"
            )
        if told is None:
            return None
        try:
            return self._verifier.verify(told if isinstance(told, str) else "", event.type, event.id)
        except InvalidToken as error:
            raise InvalidEvent(f"message token: {error}") from None
