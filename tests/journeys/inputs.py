"""What people really hand in: a phone's picture, clips of a phone and a camera, texts."""

from pathlib import Path

from tests.content.samples import clip, phone_picture

# Reserved characters of LinkedIn's text format, emoji beyond the basic plane, a hashtag.
TEXTS = {
    "en": (
        "I work at Veenstroom. Rain, tower 41 (the tall one) & 2,300 homes 🏗️\n\n"
        "Costs {less} than we feared; see [the story] <here> @ work ~ 100% *ours* |_|\\\n\n"
        "#energygrid"
    ),
    "nl": (
        "Ik werk bij Veenstroom. Regen, mast 41 (die hoge) en 2.300 woningen 👷‍♀️\n\n"
        "Het kostte {minder} dan we dachten; zie [het verhaal] <hier> @ werk ~ *ons* |_|\\\n\n"
        "#energienet"
    ),
}
WORDINGS = {
    "en": (
        "Six years of congestion came down to one number: 380 amps.",
        "Forty-one towers, fourteen crews, nine months.",
        "This week I could finally tell my neighbours something.",
    ),
    "nl": (
        "Zes jaar krapte kwam neer op één getal: 380 ampère.",
        "Eenenveertig masten, veertien ploegen, negen maanden.",
        "Deze week kon ik mijn buren eindelijk iets vertellen.",
    ),
}
CAPTIONS = "WEBVTT\n\n00:00.000 --> 00:03.000\nStop. We look again before we climb.\n"


def picture_file(folder: Path) -> Path:
    """A JPEG as a phone makes it: on its side, with the place in it."""
    file = folder / "IMG 2041.jpg"
    file.write_bytes(phone_picture())
    return file


def clip_file(folder: Path, kind: str) -> Path:
    """A clip with sound as MP4 or MOV, with the place in it; large enough for LinkedIn."""
    file = folder / f"crew.{kind}"
    place = "location=+52.3702+004.8952/"
    return clip(file, "-metadata", place, size="1280x720", seconds="6")
