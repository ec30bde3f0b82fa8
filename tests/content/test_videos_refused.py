"""Files that are no video, too long, too short, broken or dangerous."""

import struct
from dataclasses import replace
from pathlib import Path

import pytest
from PIL import Image

from content import movie_making
from content.errors import MediaRefused
from content.videos import LARGEST_VIDEO, check_video
from tests.content.samples import RED, clip, encode


def refusal(sent: Path, name: str = "x.mp4") -> MediaRefused:
    with pytest.raises(MediaRefused) as refused:
        check_video(sent, name, sent.parent)
    return refused.value


@pytest.fixture(name="file")
def an_upload(tmp_path: Path) -> Path:
    return tmp_path / "upload"


PLAYLISTS = [
    b"#EXTM3U\n#EXT-X-MEDIA-SEQUENCE:0\n#EXTINF:10.0,\nfile:///etc/passwd\n",
    b"ffconcat version 1.0\nfile /etc/passwd\n",
    b"<?xml version='1.0'?><MPD xmlns='urn:mpeg:dash:schema:mpd:2011'></MPD>",
    b"<?xml version='1.0'?><CompositionPlaylist></CompositionPlaylist>",
    b"v=0\no=- 0 0 IN IP4 127.0.0.1\ns=x\nc=IN IP4 127.0.0.1\nm=video 1 RTP/AVP 96\n",
]


@pytest.mark.parametrize("text", PLAYLISTS)
def test_a_playlist_under_the_name_of_a_video_is_refused(
    file: Path, text: bytes
) -> None:
    file.write_bytes(text)

    assert refusal(file).code == "not_a_video"


@pytest.mark.parametrize("text", PLAYLISTS)
def test_a_playlist_behind_the_first_box_of_a_video_is_refused(
    file: Path, text: bytes
) -> None:
    file.write_bytes(b"\0\0\0\x14ftypisom\0\0\2\0isom" + text * 20)

    assert refusal(file).code in ("truncated", "unreadable")


def test_ffmpeg_reads_only_what_it_is_told_to_read(file: Path, tmp_path: Path) -> None:
    """The second lock, tried with the first one open: boxes are not looked at."""
    real, still = clip(tmp_path / "real.mp4"), tmp_path / "still.jpg"
    file.write_text("ffconcat version 1.0\nfile real.mp4\n")

    with pytest.raises(MediaRefused):
        movie_making.make_still(file, 0, still)

    movie_making.make_still(real, 0, still)
    assert still.exists()


@pytest.mark.parametrize(
    ("content", "found"),
    [
        (b"\x1a\x45\xdf\xa3" + bytes(50), "WebM"),
        (b"RIFF\0\0\0\0AVI LIST", "AVI"),
        (b"GIF89a" + bytes(50), "GIF"),
    ],
)
def test_another_kind_of_video_is_called_by_its_name(
    file: Path, content: bytes, found: str
) -> None:
    file.write_bytes(content)

    refused = refusal(file)
    assert (refused.code, refused.facts) == ("wrong_type", {"found": found})


@pytest.mark.parametrize("name", ["x.avi", "x.webm", "x.m3u8", "x", "x.mp4.html"])
def test_a_video_under_a_name_off_the_list_is_refused(
    tmp_path: Path, name: str
) -> None:
    assert refusal(clip(tmp_path / "x.mp4"), name).code == "wrong_type"


@pytest.mark.parametrize("in_front", [True, False])
@pytest.mark.parametrize("part", [0.05, 0.5, 0.99])
def test_a_truncated_video_is_refused(
    tmp_path: Path, part: float, *, in_front: bool
) -> None:
    options = ["-movflags", "+faststart"] if in_front else []
    sent = clip(tmp_path / "x.mp4", *options)
    with sent.open("r+b") as file:
        file.truncate(int(sent.stat().st_size * part))

    assert refusal(sent).code == "truncated"


@pytest.mark.parametrize("content", [b"", b"\0", b"\0\0\0\x08ftyp", b"hello world"])
def test_what_is_hardly_a_file_is_refused(file: Path, content: bytes) -> None:
    file.write_bytes(content)

    assert refusal(file).code in ("not_a_video", "truncated")


def test_a_picture_under_the_name_of_a_video_is_refused(file: Path) -> None:
    file.write_bytes(encode(Image.new("RGB", (9, 9), RED), "JPEG"))

    assert refusal(file).code == "not_a_video"


def test_sound_without_a_picture_is_refused(tmp_path: Path) -> None:
    sent = clip(tmp_path / "x.mp4", "-vn")

    assert refusal(sent).code == "no_picture_track"


def test_a_clip_under_three_seconds_is_too_short(tmp_path: Path) -> None:
    for options in ([], ["-movflags", "frag_keyframe+empty_moov"]):
        refused = refusal(clip(tmp_path / "x.mp4", *options, seconds="2.8"))

        assert (refused.code, refused.facts) == ("too_short", {"limit": 3})


def test_a_film_over_ten_minutes_is_too_long(tmp_path: Path) -> None:
    slow = "color=red:size=64x64:rate=1"
    for options in ([], ["-movflags", "frag_keyframe+empty_moov"]):
        sent = clip(
            tmp_path / "x.mp4", *options, sound=False, picture=slow, seconds="605"
        )
        refused = refusal(sent)

        assert (refused.code, refused.facts) == ("too_long", {"limit": 600})


def test_a_strip_is_of_an_odd_shape(tmp_path: Path) -> None:
    assert refusal(clip(tmp_path / "x.mp4", size="500x200")).code == "odd_shape"


def test_a_file_over_the_limit_is_refused_unread(file: Path) -> None:
    with file.open("wb") as out:
        out.truncate(LARGEST_VIDEO + 1)

    refused = refusal(file)
    assert (refused.code, refused.facts) == ("too_large", {"limit": LARGEST_VIDEO})


def test_work_without_end_is_ended(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    sent = clip(tmp_path / "x.mp4", "-pix_fmt", "yuv444p")
    tight = replace(movie_making.LIMITS, seconds=0.05)
    monkeypatch.setattr(movie_making, "LIMITS", tight)

    assert refusal(sent).code == "took_too_long"


def test_damaged_indexes_are_refused_or_read_but_never_break_anything(
    tmp_path: Path,
) -> None:
    sent = clip(tmp_path / "x.mp4", "-movflags", "+faststart", seconds="3")
    whole = sent.read_bytes()
    start = whole.index(b"moov")
    for step in range(30):
        damaged = bytearray(whole)
        place = start + (step * 97) % 1400
        damaged[place : place + 4] = struct.pack(">I", (step * 2_654_435_761) % 2**32)
        sent.write_bytes(damaged)
        try:
            check_video(sent, "x.mp4", tmp_path)
        except MediaRefused:
            continue
