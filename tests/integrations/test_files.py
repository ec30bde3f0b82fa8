"""Stored files on a real disk."""

from pathlib import Path

import pytest

from integrations.files import Files, NotAStoredName


@pytest.fixture
def files(tmp_path: Path) -> Files:
    return Files(tmp_path / "store")


def test_what_is_put_comes_back(files: Files) -> None:
    name = files.put(b"hello", ".txt")

    with files.open(name) as file:
        assert file.read() == b"hello"
    assert files.path(name).read_bytes() == b"hello"


def test_a_file_is_copied_and_the_original_stays(files: Files, tmp_path: Path) -> None:
    original = tmp_path / "clip.mp4"
    original.write_bytes(b"x" * 3_000_000)

    name = files.put(original, ".mp4")

    assert files.path(name).read_bytes() == original.read_bytes()


def test_names_are_random_and_say_nothing(files: Files) -> None:
    names = {files.put(b"same", ".jpg") for _ in range(50)}

    assert len(names) == 50
    assert all(len(name) == 36 and name.endswith(".jpg") for name in names)


@pytest.mark.parametrize(
    "name",
    [
        "",
        ".",
        "..",
        "../secret.txt",
        "/etc/passwd",
        "a" * 32,
        "a" * 32 + ".jpg/../x",
        "a" * 32 + ".jpg\n",
        "A" * 32 + ".jpg",
        "٣" * 32 + ".jpg",
        "a" * 31 + "\0.jpg",
        "new-abcdef",
        "holiday.jpg",
        "a" * 300 + ".jpg",
    ],
)
def test_only_names_it_made_are_looked_up(files: Files, name: str) -> None:
    for look_up in (files.path, files.open, files.remove):
        with pytest.raises(NotAStoredName):
            look_up(name)


@pytest.mark.parametrize("suffix", ["", "jpg", ".", ".JPG", ".jpg/", "../x", ".jpg\n"])
def test_a_suffix_cannot_lead_anywhere(files: Files, suffix: str) -> None:
    with pytest.raises(NotAStoredName):
        files.put(b"x", suffix)
    assert list(files.folder.iterdir()) == []


def test_a_removed_file_is_gone_and_removing_it_again_is_harmless(files: Files) -> None:
    name = files.put(b"x", ".txt")

    files.remove(name)
    files.remove(name)

    with pytest.raises(FileNotFoundError):
        files.open(name)


def test_a_copy_that_fails_leaves_nothing_behind(files: Files, tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        files.put(tmp_path / "is-not-there.mp4", ".mp4")

    assert list(files.folder.iterdir()) == []


def test_others_on_the_machine_cannot_look_in(files: Files) -> None:
    name = files.put(b"x", ".txt")

    assert oct(files.folder.stat().st_mode & 0o777) == "0o700"
    assert oct(files.path(name).stat().st_mode & 0o777) == "0o600"


def test_the_folder_is_made_and_may_be_there_already(tmp_path: Path) -> None:
    deep = tmp_path / "a" / "b c"
    name = Files(deep).put(b"x", ".txt")

    assert Files(deep).path(name) == deep / name
