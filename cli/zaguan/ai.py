"""zaguan ai models, chat, embed, search, ask."""

import argparse
import json
import sys
from collections.abc import Iterator
from typing import Any

from zaguan import ai_jobs
from zaguan.commands import Commands, number
from zaguan.failures import NOT_FOUND, REFUSED, UNREACHABLE, USAGE, Failure, openai_message, plain
from zaguan.session import Session

AI = "/api/ai/v1"
ASK = "/api/ai/ask"
Message = dict[str, str]


def register(commands: Commands) -> None:
    area = commands.area("ai", "models: chat, embeddings; your documents: search, questions, long work")
    area.add("models", list_models, "the models that you may use")
    chatted = area.add("chat", chat, "ask a model; without a question, a conversation")
    chatted.add_argument("question", nargs="*", help="or - for what comes in")
    chatted.add_argument("--system", metavar="TEXT", help="how the model is to behave")
    embedded = area.add("embed", embed, "the embedding of each text, as JSON lines")
    embedded.add_argument("text", nargs="*", help="or each line of what comes in")
    searched = area.add("search", search, "your documents by what they mean, best first")
    searched.add_argument("words", nargs="+", help="in Spanish or English")
    searched.add_argument("--limit", type=number(1, 50), metavar="1-50", default=10)
    asked = area.add("ask", ask, "a question to your documents, answered from their passages")
    asked.add_argument("question", nargs="+", help="in Spanish or English")
    for parser in (chatted, embedded, asked):
        parser.add_argument("--model", help="as `zaguan ai models` shows it")
    ai_jobs.register(area)


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


def search(session: Session, told: argparse.Namespace) -> None:
    draft = {"query": " ".join(told.words), "limit": told.limit}
    answer = session.ask("POST", "/api/ai/search", content=draft).json()
    rows = (
        [item["document_id"], item["title"], " ".join(item["passage"]["text"].split())]
        for item in answer["items"]
    )
    session.screen.table(answer, ["ID", "TITLE", "PASSAGE"], rows)


def ask(session: Session, told: argparse.Namespace) -> None:
    """The answer as it is written, then the passages that it rests on."""
    draft = {"question": " ".join(told.question), "model": told.model, "stream": not session.screen.as_json}
    if session.screen.as_json:
        session.screen.result(session.ask("POST", ASK, content=draft).json(), "")
        return
    with session.stream(ASK, draft) as lines:
        sources = _sources(session, lines)
    session.screen.piece("\n")
    for source in sources:
        session.screen.say(f"[{source['number']}] {source['title']} ({source['document_id']})")


def _sources(session: Session, lines: Iterator[str]) -> list[dict[str, Any]]:
    """Shows the answer; returns those passages that a sentence of it rests on."""
    passages: list[dict[str, Any]] = []
    cited: set[int] = set()
    for event, told in events(lines):
        if event == "passages":
            passages = told
        elif event == "citations":
            cited = {number for each in told["citations"] for number in each["passages"]}
        else:
            session.screen.piece(_piece(told))
    if not passages:
        raise Failure("Your documents say nothing about this.", NOT_FOUND)
    return [passage for passage in passages if passage["number"] in cited]


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
    return (_piece(told) for _, told in events(lines))


def events(lines: Iterator[str]) -> Iterator[tuple[str, Any]]:
    """Server-sent events with one line of JSON each, and their names, until [DONE]; Failure if that does not come."""
    name = ""
    for line in lines:
        field, _, value = line.partition(":")
        if field == "data" and value.strip() == "[DONE]":
            return
        if field == "data":
            yield name, json.loads(value)
        name = value.strip() if field == "event" else "" if not line else name
    raise Failure("The answer broke off. Ask again.", UNREACHABLE)


def _piece(chunk: dict[str, Any]) -> str:
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
