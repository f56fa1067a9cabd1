"""What the packages take from the system is in the image: on a developer's machine it is there anyway."""

import importlib.util
import re
import subprocess
import sys
from pathlib import Path

import pytest

DOCKERFILE = Path(__file__).parents[1] / "Dockerfile"
THERE = {"libc.so.6", "libm.so.6", "libpthread.so.0", "libdl.so.2", "librt.so.1"} | {
    "libgcc_s.so.1", "libstdc++.so.6", "libz.so.1",
}  # fmt: skip
"""In every image of Debian that has apt."""
BROUGHT_BY = {"libgomp.so.1": "libgomp1"}


@pytest.mark.skipif(sys.platform != "linux", reason="of Linux' libraries")
@pytest.mark.parametrize(
    "package", ["xllamacpp", "onnxruntime", "tokenizers", "numpy", "fasttext", "granian"]
)
def test_libraries_that_a_package_does_not_bring_are_installed(package: str) -> None:
    installed = re.findall(r"[a-z0-9+.-]+", DOCKERFILE.read_text().partition("apt-get install")[2])
    found = importlib.util.find_spec(package)
    for place in (found.submodule_search_locations or []) if found else []:
        for library in Path(place).rglob("*.so*"):
            told = subprocess.run(["ldd", library], capture_output=True, text=True, check=True).stdout
            taken = set(re.findall(r"^\s*(\S+) => /(?:usr/)?lib", told, re.MULTILINE)) - THERE
            assert {BROUGHT_BY.get(name, name) for name in taken} <= set(installed), library
