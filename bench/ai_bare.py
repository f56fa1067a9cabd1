"""The runtime of embeddings with as little before it as can be: nobody is asked who they are, and nothing is counted.

    python bench/ai_bare.py <port> <threads>

The same model in the same web server, with as many threads: what it is to the AI service is what the door costs.
"""

import base64
import json
import sys
from collections.abc import Iterable
from typing import Any

from granian import Granian
from granian.constants import Interfaces
from granian.log import LogLevels

from ai.embedding import Embeddings

embeddings = Embeddings()


def app(environ: dict[str, Any], start: Any) -> Iterable[bytes]:
    asked = json.loads(environ["wsgi.input"].read())
    vectors = list(embeddings.embed(asked.get("input", [])))
    data = [base64.b64encode(vector.tobytes()).decode() for vector in vectors]
    body = json.dumps({"data": [{"index": n, "embedding": each} for n, each in enumerate(data)]}).encode()
    start("200 OK", [("Content-Type", "application/json"), ("Content-Length", str(len(body)))])
    return [body]


if __name__ == "__main__":
    Granian(
        "ai_bare:app", address="127.0.0.1", port=int(sys.argv[1]), interface=Interfaces.WSGI, workers=1,
        blocking_threads=int(sys.argv[2]), websockets=False, log_level=LogLevels.error, log_access=False,
    ).serve()  # fmt: skip
