"""Videos as phones and cameras send them, through the real ffmpeg."""

import subprocess
from pathlib import Path

import pytest
from imageio_ffmpeg import get_ffmpeg_exe
from PIL import Image

from content.movie_boxes import read_movie
from content.videos import CheckedVideo, check_video
from tests.content.samples import (
    WHITE,
    clip,
    decode,
    near,
    needs_exiftool,
    told_by_exiftool,
)


@pytest.fixture(name="into")
def a_folder_for_results(tmp_path: Path) -> Path:
    folder = tmp_path / "made é 😀"
    folder.mkdir()
    return folder


def frame(video: CheckedVideo, second: str = "1") -> Image.Image:
    """A picture as a player shows it, turned if the file asks for it."""
    program = [get_ffmpeg_exe(), "-v", "error", "-ss", second, "-i", str(video.path)]
    shown = subprocess.run(
        [*program, "-frames:v", "1", "-f", "image2pipe", "-c:v", "png", "-"],
        check=True,
        capture_output=True,
    )
    return decode(shown.stdout)


def boxes_in_order(file: Path) -> list[bytes]:
    data, at, found = file.read_bytes(), 0, []
    while at < len(data):
        found.append(data[at + 4 : at + 8])
        at += int.from_bytes(data[at : at + 4])
    return found


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


def compressed_picture(file: Path) -> bytes:
    program = [get_ffmpeg_exe(), "-v", "error", "-i", str(file)]
    work = ["-map", "0:v", "-c", "copy", "-f", "h264", "-"]
    return subprocess.run([*program, *work], check=True, capture_output=True).stdout


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


def test_a_clip_held_upright_stands_upright(tmp_path: Path, into: Path) -> None:
    """Phones store it lying on its side and tell the player to turn it."""
    picture = "color=red:size=320x180:rate=15"
    half = "drawbox=x=0:y=0:w=160:h=180:color=blue:t=fill"
    lying = clip(tmp_path / "lying.mp4", "-vf", half, picture=picture)
    turned = tmp_path / "turned.mov"
    program = [get_ffmpeg_exe(), "-v", "error", "-display_rotation:v:0", "-90"]
    work = ["-i", str(lying), "-c", "copy", str(turned)]
    subprocess.run([*program, *work], check=True)
    assert read_movie(turned).first("vide").turned  # type: ignore[union-attr]

    video = check_video(turned, "turned.mov", into)

    assert (video.width, video.height) == (180, 320)
    assert decode(video.poster.data).size == (180, 320)
    red, _, blue = frame(video).convert("RGB").getpixel((90, 40))  # type: ignore[misc]
    assert blue > 150 > red
    assert not read_movie(video.path).first("vide").turned  # type: ignore[union-attr]


def test_a_large_clip_is_made_to_fit(tmp_path: Path, into: Path) -> None:
    sent = clip(tmp_path / "x.mp4", size="2160x3840", seconds="3")

    video = check_video(sent, "x.mp4", into)

    assert (video.width, video.height) == (1080, 1920)


def test_colours_that_browsers_cannot_show_are_made_anew(
    tmp_path: Path, into: Path
) -> None:
    sent = clip(tmp_path / "x.mp4", "-pix_fmt", "yuv444p")
    assert read_movie(sent).first("vide").profile == 244  # type: ignore[union-attr]

    made = read_movie(check_video(sent, "x.mp4", into).path)

    assert made.first("vide").profile == 100  # type: ignore[union-attr]


def test_a_phones_hdr_becomes_ordinary_light(tmp_path: Path, into: Path) -> None:
    to_hlg = (
        "setparams=color_primaries=bt709:color_trc=bt709:colorspace=bt709:range=tv,"
        "zscale=t=linear:npl=100,format=gbrpf32le,"
        "zscale=p=bt2020:t=arib-std-b67:m=bt2020nc:r=tv,format=yuv420p10le"
    )
    x265 = ["-c:v", "libx265", "-x265-params", "log-level=none", "-tag:v", "hvc1"]
    picture = "color=0x808080:size=320x180:rate=10"
    sent = clip(
        tmp_path / "x.mov",
        *("-vf", to_hlg, *x265, "-preset", "ultrafast", "-pix_fmt", "yuv420p10le"),
        picture=picture,
    )
    assert read_movie(sent).first("vide").transfer == 18  # type: ignore[union-attr]

    video = check_video(sent, "x.mov", into)

    made = read_movie(video.path).first("vide")
    assert made is not None
    assert (made.codec, made.transfer) == ("avc1", 1)
    assert near(frame(video).convert("RGB").getpixel((100, 100)), (128, 128, 128))


def test_a_clip_written_in_pieces_is_put_together(tmp_path: Path, into: Path) -> None:
    flags = "frag_keyframe+empty_moov+default_base_moof"
    sent = clip(tmp_path / "x.mp4", "-movflags", flags)
    assert read_movie(sent).seconds == 0

    video = check_video(sent, "x.mp4", into)

    assert video.seconds == pytest.approx(3.2, abs=0.2)
    assert b"moof" not in boxes_in_order(video.path)


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
