"""Asks a model, over HTTP. Runs in the loop of ai.upstream.loop."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any

import httpx2

from ai.upstream import sse
from ai.upstream.failures import Failed, of_status

CONNECT = 5.0  # seconds
LIMITS = httpx2.Limits(max_connections=256, max_keepalive_connections=32, keepalive_expiry=20)
MOST = 16 * 1024 * 1024  # bytes of an answer
PLAIN = {"Accept-Encoding": "identity"}
"""A few compressed kilobytes may be a gigabyte."""


@dataclass(frozen=True)
class Target:
    """Where to ask, and for how long to wait."""

    url: str
    key: str | None
    first: float
    between: float

    def timeout(self, read: float) -> httpx2.Timeout:
        return httpx2.Timeout(read, connect=CONNECT, write=10.0, pool=CONNECT)


class Client:
    """The connections to all models: kept open, no redirect followed, no proxy but the one in the settings."""

    def __init__(self) -> None:
        self._clients: dict[str, httpx2.AsyncClient] = {}

    async def stream(self, target: Target, body: dict[str, Any]) -> AsyncIterator[dict[str, Any]]:
        """The pieces of an answer; Failed if there is none, or it breaks off."""
        async with self._answer(target, "/chat/completions", body | {"stream": True}) as answer:
            kind = answer.headers.get("Content-Type", "").split(";")[0]
            if kind != "text/event-stream":
                raise Failed("garbage", "not a stream")
            found = sse.objects(answer.aiter_raw())
            wait = target.first
            while True:
                try:
                    async with asyncio.timeout(wait):
                        piece = await anext(found)
                except StopAsyncIteration:
                    return
                except TimeoutError:
                    raise Failed("slow", "stalled") from None
                yield piece
                wait = target.between

    async def ask(self, target: Target, path: str, body: dict[str, Any]) -> dict[str, Any]:
        """A whole answer."""
        try:
            async with (
                asyncio.timeout(target.first + target.between),
                self._answer(target, path, body) as answer,
            ):
                text = await _whole(answer)
        except TimeoutError:
            raise Failed("slow", "stalled") from None
        return sse.read_object(text)

    async def close(self) -> None:
        """Let go of all connections; the next question opens new ones."""
        clients, self._clients = self._clients, {}
        for client in clients.values():
            await client.aclose()

    @asynccontextmanager
    async def _answer(
        self, target: Target, path: str, body: dict[str, Any]
    ) -> AsyncIterator[httpx2.Response]:
        """An answer with status 200. Leaving it early closes the connection, by which the model learns of it."""
        headers = PLAIN | ({"Authorization": f"Bearer {target.key}"} if target.key else {})
        asked = self._open(target.url).stream(
            "POST", target.url + path, json=body, headers=headers, timeout=target.timeout(target.first)
        )
        try:
            async with asked as answer:
                if answer.status_code != 200:
                    said = await _beginning(answer)
                    raise of_status(answer.status_code, said, answer.headers.get("Retry-After"))
                if answer.headers.get("Content-Encoding", "identity") != "identity":
                    raise Failed("garbage", "compressed")
                yield answer
        except httpx2.TimeoutException as error:
            gone = isinstance(error, httpx2.ConnectTimeout)
            raise Failed("away" if gone else "slow", type(error).__name__) from None
        except httpx2.HTTPError as error:
            raise Failed("away", type(error).__name__) from None

    def _open(self, url: str) -> httpx2.AsyncClient:
        """A proxy is for what is beyond our own networks: for https."""
        scheme = url.partition(":")[0]
        if scheme not in self._clients:
            trusted = scheme == "https"
            self._clients[scheme] = httpx2.AsyncClient(
                follow_redirects=False, limits=LIMITS, trust_env=trusted
            )
        return self._clients[scheme]


async def _whole(answer: httpx2.Response) -> bytes:
    text = bytearray()
    async for piece in answer.aiter_raw():
        text += piece
        if len(text) > MOST:
            raise Failed("garbage", "too much")
    return bytes(text)


async def _beginning(answer: httpx2.Response) -> bytes:
    """Enough of a refusal to see its kind."""
    async for piece in answer.aiter_raw(4096):
        return piece
    return b""
