"""From a question to an answer with its sources. The model is asked, and paid for, as in any chat."""

from dataclasses import dataclass
from typing import Any

from ai.ask import passages
from ai.ask.citing import citations
from ai.chat import asking
from ai.chat.answer import Stream
from ai.chat.schemas import ChatIn
from ai.parts import Parts
from ai.problems import ModelNotFound
from ai.search import words
from ai.search.service import Found
from servicekit.identity import Identity

LONGEST = 512  # tokens of an answer


@dataclass(frozen=True)
class Asked:
    """A question, and what one's own documents have on it."""

    question: str
    found: list[Found]

    def chat(self, model: str, *, stream: bool) -> ChatIn:
        messages = passages.messages(self.question, self.found)
        told = {
            "model": model,
            "messages": messages,
            "max_tokens": LONGEST,
            "temperature": 0.0,
            "stream": stream,
            **({"stream_options": {"include_usage": True}} if stream else {}),
        }
        return ChatIn.model_validate(told)


def found_for(parts: Parts, identity: Identity, question: str) -> Asked:
    """Read before any model is asked; no transaction stays open for it."""
    person, meaning = identity.subject, parts.meaning
    with parts.seekers.one_of(person):
        worded = [hit.document_id for hit in words.own(question)]
        read, look = meaning.reading.question(question, person), meaning.second_look.at(question, person)
        with parts.database.read() as session:
            found = passages.for_question(session, person, meaning.nearest, read.vectors, look, worded)
    return Asked(question, found)


def whole(
    parts: Parts, identity: Identity, asked: Asked, model: str | None
) -> tuple[dict[str, Any], int | None]:
    """The answer, and what is left of the budget; without sources no model is asked."""
    if not asked.found:
        return _told(asked, None, None, []) | {"usage": None}, None
    name = model or first_for_chat(parts, identity)
    answer, left = asking.whole(parts, identity, asked.chat(name, stream=False))
    text = str(answer["choices"][0]["message"].get("content") or "")
    told = _told(asked, text, name, cited(parts, identity, asked, text))
    return told | {"usage": answer["usage"]}, left


def streamed(parts: Parts, identity: Identity, asked: Asked, model: str | None) -> tuple[Stream, int]:
    """The pieces as the model says them. Whoever gets the stream closes it."""
    name = model or first_for_chat(parts, identity)
    return asking.stream(parts, identity, asked.chat(name, stream=True))


def cited(parts: Parts, identity: Identity, asked: Asked, text: str) -> list[dict[str, Any]]:
    return citations(parts.meaning.reading, text, asked.found, identity.subject)


def grounded(told: list[dict[str, Any]]) -> bool:
    return any(citation["passages"] for citation in told)


def first_for_chat(parts: Parts, identity: Identity) -> str:
    """The deployer's models come before the bundled one."""
    chats = [model.id for model in parts.catalog.of(identity) if model.kind == "chat"]
    if not chats:
        raise ModelNotFound
    return chats[0]


def _told(asked: Asked, text: str | None, model: str | None, told: list[dict[str, Any]]) -> dict[str, Any]:
    shown = passages.told(asked.found)
    return {"answer": text, "model": model, "passages": shown, "citations": told, "grounded": grounded(told)}
