"""Pictures of a video that not everybody can play: turned, too large, in other colours."""

import subprocess
from pathlib import Path

from imageio_ffmpeg import get_ffmpeg_exe

from content.movie_boxes import read_movie
from content.videos import check_video
from tests.content.looking import frame
from tests.content.samples import clip, decode, near


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
