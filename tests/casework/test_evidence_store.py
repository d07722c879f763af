"""Where files lie: the folder and the one in memory alike."""

from __future__ import annotations

import stat
import threading
from pathlib import Path

import pytest

from casework.adapters.evidence_folder import EvidenceFolder
from casework.adapters.memory_evidence import MemoryEvidenceStore
from casework.domain.errors import Busy, Conflict, Invalid, NotFound
from casework.ports.evidence import EvidenceStore


@pytest.fixture(params=["folder", "memory"])
def files(request: pytest.FixtureRequest, tmp_path: Path) -> EvidenceStore:
    if request.param == "folder":
        return EvidenceFolder(tmp_path / "deeper" / "evidence")
    return MemoryEvidenceStore()


def test_a_file_is_kept_and_removed(files: EvidenceStore) -> None:
    files.put("abcd1", b"\x00bytes\xff")
    assert files.get("abcd1") == b"\x00bytes\xff"
    files.remove("abcd1")
    files.remove("abcd1")
    with pytest.raises(NotFound):
        files.get("abcd1")


def test_no_file_takes_anothers_place(files: EvidenceStore) -> None:
    files.put("abcd1", b"first")
    with pytest.raises(Conflict):
        files.put("abcd1", b"second")
    assert files.get("abcd1") == b"first"


@pytest.mark.parametrize("name", ["../abcd", "a/bcd", "..", "ABCD1", "abc", "", "a" * 65, "abc\0d"])
def test_a_name_leads_nowhere_else(files: EvidenceStore, name: str) -> None:
    for do in (lambda: files.put(name, b"x"), lambda: files.get(name), lambda: files.remove(name)):
        with pytest.raises(Invalid):
            do()


def test_of_two_at_once_one_is_kept_whole(files: EvidenceStore) -> None:
    outcomes: list[str] = []

    def put(data: bytes) -> None:
        try:
            files.put("abcd1", data)
            outcomes.append(data[:1].decode())
        except Conflict:
            outcomes.append("-")

    threads = [threading.Thread(target=put, args=(letter * 100_000,)) for letter in (b"a", b"b")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(outcomes)[0] == "-"
    assert set(files.get("abcd1")) == {ord(sorted(outcomes)[1])}


def test_only_this_account_can_read_the_folder(tmp_path: Path) -> None:
    EvidenceFolder(tmp_path / "evidence").put("abcd1", b"x")
    assert stat.S_IMODE((tmp_path / "evidence").stat().st_mode) == 0o700
    assert stat.S_IMODE((tmp_path / "evidence" / "abcd1").stat().st_mode) == 0o600
    assert [one.name for one in (tmp_path / "evidence").iterdir()] == ["abcd1"]


def test_a_folder_that_cannot_be_is_busy(tmp_path: Path) -> None:
    (tmp_path / "evidence").write_text("a file is in the way")
    with pytest.raises(Busy):
        EvidenceFolder(tmp_path / "evidence").put("abcd1", b"x")
