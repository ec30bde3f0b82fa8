"""Every picture by its name."""

from collections.abc import Callable

from advocacy.demo.drawing.canvas import Canvas
from advocacy.demo.drawing.closeup import cable_cut, meter_cupboard
from advocacy.demo.drawing.crew import control_room, two_fitters
from advocacy.demo.drawing.outdoors import dawn_line, sheep, stork
from advocacy.demo.drawing.town import battery, street_dusk

PICTURES: dict[str, Callable[[], Canvas]] = {
    "battery": battery,
    "cable-cut": cable_cut,
    "control-room": control_room,
    "dawn-line": dawn_line,
    "meter-cupboard": meter_cupboard,
    "sheep": sheep,
    "stork": stork,
    "street-dusk": street_dusk,
    "two-fitters": two_fitters,
}


def draw(name: str) -> bytes:
    """One picture as a JPEG of 1600 by 1067."""
    return PICTURES[name]().jpeg()
