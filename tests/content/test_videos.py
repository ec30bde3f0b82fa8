"""Videos as phones and cameras send them, through the real ffmpeg."""

from pathlib import Path

import pytest

from content.movie_boxes import read_movie
from content.videos import check_video
from tests.content.looking import boxes_in_order, compressed_picture, frame
from tests.content.samples import WHITE, clip, decode, near


def test_an_mp4_with_sound_keeps_its_picture_and_gets_its_index_in_front(
    tmp_path: Path, into: Path
) -> None:
    sent = clip(tmp_path / "a clip.mp4")
    assert boxes_in_order(sent).index(b"mdat") < boxes_in_order(sent).index(b"moov")

    video = check_video(sent, "A Clip.MP4", into)

    assert (video.width, video.height, video.has_sound) == (320, 180, True)
    assert video.seconds == pytest.approx(3.2, abs=0.1)
    order = boxes_in_order(video.path)
    assert order.index(b"moov") < order.index(b"mdat")
    # Copied, not made anew: the compressed picture is the same, byte for byte.
    assert compressed_picture(sent) == compressed_picture(video.path)


def test_a_mov_with_sound_becomes_an_mp4(tmp_path: Path, into: Path) -> None:
    sent = clip(tmp_path / "IMG_0417.MOV", "-c:a", "pcm_s16le")
    assert read_movie(sent).first("soun").codec == "sowt"  # type: ignore[union-attr]

    video = check_video(sent, "IMG_0417.MOV", into)

    made = read_movie(video.path)
    assert [track.codec for track in made.tracks] == ["avc1", "mp4a"]
    assert video.path.read_bytes()[8:12] != b"qt  "
    assert video.has_sound


def test_a_silent_clip_is_told_apart(tmp_path: Path, into: Path) -> None:
    sent = clip(tmp_path / "x.mp4", sound=False)

    assert not check_video(sent, "x.mp4", into).has_sound


def test_the_poster_is_a_picture_from_the_first_second(
    tmp_path: Path, into: Path
) -> None:
    picture = "color=white:size=1400x700:rate=10"
    sent = clip(tmp_path / "x.mp4", "-vf", "fade=in:d=0.5", picture=picture)
    poster = check_video(sent, "x.mp4", into).poster

    assert poster.content_type == "image/jpeg"
    shown = decode(poster.data)
    assert shown.size == (1400, 700)
    assert near(shown.getpixel((700, 350)), WHITE)
    assert sorted(poster.copies) == [640, 1280]


def test_a_clip_written_in_pieces_is_put_together(tmp_path: Path, into: Path) -> None:
    flags = "frag_keyframe+empty_moov+default_base_moof"
    sent = clip(tmp_path / "x.mp4", "-movflags", flags)
    assert read_movie(sent).seconds == 0

    video = check_video(sent, "x.mp4", into)

    assert video.seconds == pytest.approx(3.2, abs=0.2)
    assert b"moof" not in boxes_in_order(video.path)


def test_a_light_clip_reaches_the_size_networks_ask_for(
    tmp_path: Path, into: Path
) -> None:
    picture = "color=red:size=320x240:rate=10"
    sent = clip(tmp_path / "x.mp4", sound=False, picture=picture)
    assert sent.stat().st_size < 75 * 1024

    video = check_video(sent, "x.mp4", into)

    assert video.path.stat().st_size >= 75 * 1024
    assert boxes_in_order(video.path)[-1] == b"free"
    assert frame(video).size == (320, 240)


def test_what_a_phone_added_behind_the_end_does_not_matter(
    tmp_path: Path, into: Path
) -> None:
    sent = clip(tmp_path / "x.mp4")
    with sent.open("ab") as file:
        file.write(b"\x7f\xff\xff\xffSEFHphone" + bytes(40))

    assert check_video(sent, "x.mp4", into).width == 320
