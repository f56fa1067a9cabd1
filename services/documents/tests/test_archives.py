"""What is in an archive, and what of it is taken: each oddity is a line that says so, and none brings us down."""

import io
import stat
import struct
import tracemalloc
import zipfile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from documents.imports import archive as archives
from documents.imports.archive import Archive, leads_out
from documents.tests.archives import entry, packed
from servicekit.jobs import JobFailed

NOTE = "# A note\n"


def opened(data: bytes) -> Archive:
    return Archive(io.BufferedReader(io.BytesIO(data)))


def outcomes(data: bytes) -> dict[str, str | None]:
    """Of each file: why it is refused; None if it is taken; `damaged`, if it cannot be read."""
    archive = opened(data)
    found = dict[str, str | None]()
    for file in archive.entries:
        taken = file.refused is not None or archive.read(file) is not None
        found[file.name] = "damaged" if not taken else file.refused.code if file.refused else None
    return found


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("a.md", None),
        ("folder/in folder/ñandú.markdown", None),
        ("A.MD", None),
        ("windows\\path.md", None),
        ("a.txt", "not_markdown"),
        ("picture.png", "not_markdown"),
        ("none", "not_markdown"),
        ("__MACOSX/._a.md", "system_file"),
        ("sub/__MACOSX/a.md", "system_file"),
        ("._a.md", "system_file"),
        (".DS_Store", "system_file"),
        ("sub/Thumbs.db", "system_file"),
        ("another.zip", "archive"),
        ("sub/another.tar.gz", "archive"),
        ("../a.md", "unsafe_name"),
        ("a/../../b.md", "unsafe_name"),
        ("..\\a.md", "unsafe_name"),
        ("/etc/a.md", "unsafe_name"),
        ("\\\\host\\share\\a.md", "unsafe_name"),
        ("C:\\a.md", "unsafe_name"),
        ("c:a.md", "unsafe_name"),
        ("..md", None),
        ("a..b/c.md", None),
    ],
)
def test_names(name: str, code: str | None) -> None:
    assert list(outcomes(packed({name: NOTE})).values()) == [code]


@pytest.mark.parametrize("kind", [stat.S_IFLNK, stat.S_IFCHR, stat.S_IFIFO, stat.S_IFSOCK, stat.S_IFBLK])
def test_links_and_devices_are_no_files(kind: int) -> None:
    data = packed({"a.md": "/etc/passwd"}, external_attr=(kind | 0o644) << 16)
    assert outcomes(data) == {"a.md": "link"}


def test_plain_files_of_every_system_are_files() -> None:
    for mode in (0, stat.S_IFREG | 0o600):
        assert outcomes(packed({"a.md": NOTE}, external_attr=mode << 16)) == {"a.md": None}


@pytest.mark.parametrize("method", [zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_only_usual_packing(method: int) -> None:
    assert outcomes(packed({"a.md": NOTE}, compress_type=method)) == {"a.md": "packing"}
    assert outcomes(packed({"a.md": NOTE}, compress_type=zipfile.ZIP_STORED)) == {"a.md": None}


def test_what_needs_a_password() -> None:
    data = bytearray(packed({"a.md": NOTE}))
    in_directory = data.index(b"PK\x01\x02") + 8
    data[in_directory] |= 1
    assert outcomes(bytes(data)) == {"a.md": "encrypted"}


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_folders_are_no_files_and_the_same_path_counts_once() -> None:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        for name in ("folder/", "folder/a.md", "folder/a.md"):
            archive.writestr(entry(name), NOTE if name.endswith("md") else "")
    found = [file.refused and file.refused.code for file in opened(made.getvalue()).entries]
    assert found == [None, "repeated"]


def test_names_in_utf8_that_do_not_say_so() -> None:
    """As `zip` on macOS and Linux often writes them; those of old Windows programs stay what they were."""
    for raw, name in (("señal ✓.md".encode(), "señal ✓.md"), ("señal.md".encode("cp437"), "señal.md")):
        data = packed({"x" * len(raw): NOTE}).replace(b"x" * len(raw), raw)
        assert opened(data).entries[0].name == name


def test_signs_that_mislead_are_shown() -> None:
    assert opened(packed({"a\u202edm.md": NOTE, "👩\u200d🌾.md": NOTE})).entries[0].name == "a\\x202edm.md"


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "not_a_zip"),
        (b"PK\x03\x04", "not_a_zip"),
        (b"PK\x05\x06" + bytes(17), "not_a_zip"),
        (b"not a zip at all" * 100, "not_a_zip"),
        (packed({"a.md": NOTE})[:-30], "not_a_zip"),
        (packed({}), "empty"),
        (packed({"folder/": ""}), "empty"),
    ],
)
def test_what_is_no_archive(data: bytes, code: str) -> None:
    with pytest.raises(JobFailed) as failed:
        opened(data)
    assert failed.value.code == code


def test_limits_of_the_whole(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archives, "MOST_ENTRIES", 5)
    monkeypatch.setattr(archives, "MOST_FILES", 3)
    monkeypatch.setattr(archives, "MOST_TEXT", 100)
    for files, code in (
        ({f"{n}.txt": "" for n in range(6)}, "too_many_entries"),
        ({f"{n}.md": "" for n in range(4)}, "too_many_files"),
        ({f"{n}.md": "x" * 40 for n in range(3)}, "too_large"),
    ):
        with pytest.raises(JobFailed) as failed:
            opened(packed(files))
        assert failed.value.code == code
    assert len(opened(packed({"a.md": "x" * 100, "b.png": "x" * 100})).entries) == 2


def test_a_bomb_is_not_unpacked() -> None:
    bomb = packed({"big.md": bytes(300_000_000), "small.md": NOTE})
    tracemalloc.start()
    assert outcomes(bomb) == {"big.md": "too_large", "small.md": None}
    assert tracemalloc.get_traced_memory()[1] < 8_000_000
    tracemalloc.stop()


@pytest.mark.parametrize("told", [0, 10, 1_000_000])
def test_one_that_says_it_is_smaller_is_damaged(told: int) -> None:
    data = bytearray(packed({"big.md": bytes(50_000_000)}))
    for at in (22, data.index(b"PK\x01\x02") + 24):
        data[at : at + 4] = struct.pack("<I", told)
    tracemalloc.start()
    assert outcomes(bytes(data)) == {"big.md": "damaged"}
    assert tracemalloc.get_traced_memory()[1] < 8_000_000
    tracemalloc.stop()


def test_a_list_of_entries_that_fits_no_memory_is_not_read() -> None:
    """Entries cost 47 bytes each in the list, and half a kilobyte in memory."""
    one = packed({"a": ""})
    begin, end = one.index(b"PK\x01\x02"), one.index(b"PK\x05\x06")
    many = one[begin:end] * 100_000
    tail = bytearray(one[end:])
    tail[12:16] = struct.pack("<I", len(many))
    with pytest.raises(JobFailed) as failed:
        opened(one[:begin] + many + bytes(tail))
    assert failed.value.code == "too_many_entries"


def test_a_damaged_file_harms_no_other() -> None:
    data = bytearray(packed({"a.md": NOTE * 100, "b.md": NOTE}))
    data[45:50] = bytes(5)
    assert outcomes(bytes(data)) == {"a.md": "damaged", "b.md": None}


@given(st.binary(max_size=300), st.data())
@settings(max_examples=300, deadline=None)
def test_whatever_is_wrong_with_it_has_an_answer(noise: bytes, choice: st.DataObject) -> None:
    """Bytes of an honest archive are replaced, cut off and added."""
    data = bytearray(packed({"a.md": NOTE, "b/ñ.md": NOTE * 50, "c.png": "x"}))
    at = choice.draw(st.integers(0, len(data)))
    data[at : at + choice.draw(st.integers(0, len(noise)))] = noise
    try:
        found = outcomes(bytes(data))
    except JobFailed:
        return
    assert len(found) <= archives.MOST_ENTRIES


@given(st.text("./\\:ab", max_size=12))
def test_no_path_leads_out_unseen(name: str) -> None:
    from pathlib import PurePosixPath, PureWindowsPath

    path = PureWindowsPath(name)
    outside = (
        path.is_absolute() or path.drive or path.root or ".." in PurePosixPath(name.replace("\\", "/")).parts
    )
    if outside:
        assert leads_out(name.replace("\\", "/"))
