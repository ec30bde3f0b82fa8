"""A file is on the disk with its name, and its folder's name, before anybody relies on it."""

import os
from pathlib import Path

import pytest

from integrations.whole_files import write_once, write_whole


@pytest.fixture
def flushed(monkeypatch):
    """What was flushed, in order; it still is."""
    names, flush = [], os.fsync

    def note(opened):
        names.append(Path(f"/proc/self/fd/{opened}").readlink())
        flush(opened)

    monkeypatch.setattr(os, "fsync", note)
    return names


def test_file_folder_and_a_new_folders_own_name_are_flushed(tmp_path, flushed):
    file = tmp_path / "folder" / "file"
    write_whole(file, b"all of it")
    above, content, folder = flushed
    assert (above, folder) == (tmp_path, tmp_path / "folder")
    assert content.parent == folder
    assert file.read_bytes() == b"all of it"
    assert list(folder.iterdir()) == [file]


def test_a_folder_that_was_there_is_not_flushed_above_again(tmp_path, flushed):
    for content in (b"one", b"two"):
        write_whole(tmp_path / "file", content)
    assert tmp_path.parent not in flushed
    assert flushed.count(tmp_path) == 2
    assert (tmp_path / "file").read_bytes() == b"two"


def test_what_is_written_once_is_flushed_and_never_written_over(tmp_path, flushed):
    file = tmp_path / "folder" / "file"
    write_once(file, b"the first")
    above, content, folder = flushed
    assert (above, folder) == (tmp_path, tmp_path / "folder")
    assert content.parent == folder
    with pytest.raises(FileExistsError):
        write_once(file, b"the second")
    assert file.read_bytes() == b"the first"
    assert list(file.parent.iterdir()) == [file]
