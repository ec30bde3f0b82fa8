"""Where and with what a video was filmed is not kept."""

import subprocess
from pathlib import Path

from imageio_ffmpeg import get_ffmpeg_exe

from content.movie_boxes import read_movie
from content.videos import check_video
from tests.content.samples import clip, needs_exiftool, told_by_exiftool


def phone_clip(file: Path) -> Path:
    return clip(
        file,
        *("-metadata", "location=+52.1551+005.3867/"),
        *("-metadata", "com.apple.quicktime.location.ISO6709=+52.1551+005.3867/"),
        *("-metadata", "com.apple.quicktime.make=Telefoonmaker"),
        *("-metadata", "com.apple.quicktime.model=Model 9"),
        *("-metadata", "comment=said in secret"),
        *("-metadata:s:v", "handler_name=Core Media of Telefoonmaker"),
        *("-movflags", "use_metadata_tags"),
    )


def test_where_and_with_what_it_was_filmed_is_dropped(
    tmp_path: Path, into: Path
) -> None:
    for name in ("x.mov", "x.mp4"):
        sent = phone_clip(tmp_path / name)
        assert b"52.1551" in sent.read_bytes()

        made = check_video(sent, name, into).path.read_bytes()

        for word in (b"52.1551", b"Telefoon", b"Model 9", b"secret", b"quicktime"):
            assert word not in made


@needs_exiftool
def test_exiftool_finds_no_place_and_no_camera_in_a_video(
    tmp_path: Path, into: Path
) -> None:
    sent = phone_clip(tmp_path / "x.mov")
    assert "GPS" in str(told_by_exiftool(sent.read_bytes(), tmp_path))

    made = check_video(sent, "x.mov", into).path.read_bytes()

    told = str(told_by_exiftool(made, tmp_path))
    assert not [word for word in ("GPS", "Make", "Model", "Location") if word in told]


def test_other_tracks_are_left_out(tmp_path: Path, into: Path) -> None:
    """Cameras write where they were, each second, into a track of its own."""
    words = tmp_path / "where.srt"
    words.write_text("1\n00:00:00,000 --> 00:00:03,000\n52.1551 5.3867\n")
    plain, sent = clip(tmp_path / "plain.mp4"), tmp_path / "x.mp4"
    program = [get_ffmpeg_exe(), "-v", "error", "-i", str(plain), "-i", str(words)]
    tracks = ["-map", "0", "-map", "1", "-c", "copy", "-c:s", "mov_text"]
    subprocess.run([*program, *tracks, str(sent)], check=True)
    assert len(read_movie(sent).tracks) == 3

    video = check_video(sent, "x.mp4", into)

    assert [track.kind for track in read_movie(video.path).tracks] == ["vide", "soun"]
    assert b"52.1551" not in video.path.read_bytes()
