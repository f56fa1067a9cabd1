"""zaguan ai chat, embed, models."""

import argparse
import json
import sys
from collections.abc import Iterator
from typing import Any

from zaguan.commands import Commands
from zaguan.failures import REFUSED, UNREACHABLE, USAGE, Failure, openai_message, plain
from zaguan.session import Session

AI = "/api/ai/v1"
Message = dict[str, str]


def register(commands: Commands) -> None:
    area = commands.area("ai", "chat, embeddings")
    area.add("models", list_models, "the models that you may use")
    chatted = area.add("chat", chat, "ask a model; without a question, a conversation")
    chatted.add_argument("question", nargs="*", help="or - for what comes in")
    chatted.add_argument("--system", metavar="TEXT", help="how the model is to behave")
    embedded = area.add("embed", embed, "the embedding of each text, as JSON lines")
    embedded.add_argument("text", nargs="*", help="or each line of what comes in")
    for parser in (chatted, embedded):
        parser.add_argument("--model", help="as `zaguan ai models` shows it")


def list_models(session: Session, _told: argparse.Namespace) -> None:
    items = _models(session)
    rows = ([item["id"], item["kind"], item["owned_by"]] for item in items)
    session.screen.table({"items": items}, ["MODEL", "FOR", "OF"], rows)


def chat(session: Session, told: argparse.Namespace) -> None:
    """One question and its answer; or, on a terminal and without a question, one after the other."""
    messages: list[Message] = [{"role": "system", "content": told.system}] if told.system else []
    model = told.model or _first(session, "chat")
    for question in _questions(session, told):
        messages.append({"role": "user", "content": question})
        text = _answer(session, model, messages)
        messages.append({"role": "assistant", "content": text})


def embed(session: Session, told: argparse.Namespace) -> None:
    texts = told.text or [line.rstrip("\n") for line in sys.stdin if line.strip()]
    if not texts:
        raise Failure("There is no text to embed.", USAGE)
    draft = {"model": told.model or _first(session, "embedding"), "input": texts}
    answer = session.ask("POST", f"{AI}/embeddings", content=draft).json()
    vectors = [item["embedding"] for item in answer["data"]]
    session.screen.result(answer, "\n".join(json.dumps(vector) for vector in vectors))


def _questions(session: Session, told: argparse.Namespace) -> Iterator[str]:
    if told.question == ["-"] or not (told.question or sys.stdin.isatty()):
        yield _given(sys.stdin.read())
    elif told.question:
        yield _given(" ".join(told.question))
    else:
        session.screen.say("Ctrl-D ends the conversation.")
        yield from _typed()


def _typed() -> Iterator[str]:
    while True:
        try:
            question = input("> ").strip()
        except EOFError:
            print()
            return
        if question:
            yield question


def _given(question: str) -> str:
    if not question.strip():
        raise Failure("There is no question.", USAGE)
    return question


def _answer(session: Session, model: str, messages: list[Message]) -> str:
    """Shown as it is written; whole in JSON."""
    draft = {"model": model, "messages": messages, "stream": not session.screen.as_json}
    if session.screen.as_json:
        whole = session.ask("POST", f"{AI}/chat/completions", content=draft).json()
        session.screen.result(whole, "")
        return str(whole["choices"][0]["message"]["content"] or "")
    text = ""
    with session.stream(f"{AI}/chat/completions", draft) as lines:
        for piece in pieces(lines):
            session.screen.piece(piece)
            text += piece
    session.screen.piece("\n")
    return text


def pieces(lines: Iterator[str]) -> Iterator[str]:
    """The text of a stream in OpenAI's format. Failure if it breaks off before its end, or tells an error."""
    for line in lines:
        if not line.startswith("data:"):
            continue
        told = line.removeprefix("data:").strip()
        if told == "[DONE]":
            return
        yield _piece(told)
    raise Failure("The answer broke off. Ask again.", UNREACHABLE)


def _piece(told: str) -> str:
    chunk = json.loads(told)
    if message := openai_message(chunk):
        raise Failure(plain(message), UNREACHABLE)
    choices = chunk.get("choices") or [{}]
    return choices[0].get("delta", {}).get("content") or ""


def _models(session: Session) -> list[dict[str, Any]]:
    items: list[dict[str, Any]] = session.ask("GET", f"{AI}/models").json()["data"]
    return items


def _first(session: Session, kind: str) -> str:
    found = next((item["id"] for item in _models(session) if item["kind"] == kind), None)
    if found is None:
        raise Failure(f"There is no model for {kind} that you may use.", REFUSED)
    return str(found)
