"""What somebody else might send to each form, as it would be sent: valid, and about the
planted person wherever a form lets one name somebody.

A form that is not in the table fails the walk.
"""

import json
from collections.abc import Callable, Mapping
from datetime import timedelta
from hashlib import sha256
from io import BytesIO
from typing import Any

from integrations.clock import now
from tests.privacy.conftest import Planted
from tests.privacy.planting import phone_picture

Form = dict[str, Any]
WORDS = "I stood at the foot of it myself."


def compose(planted: Planted) -> list[Form]:
    desk = {"text": WORDS, "seen": "public", "epoch": str(planted.item.epoch)}
    buttons = ("preview", "disclose", "share", "confirm", "copy", "posted")
    return [
        *({**desk, "do": do} for do in buttons),
        {**desk, "do": "share", "live": "yes"},
        {**desk, "do": "share", "live": "yes", "picture": planted.picture.public_id},
        {**desk, "start": str(planted.item.wordings[0].id)},
        {**desk, "show": "nl"},
    ]


def addresses(planted: Planted) -> list[Form]:
    return [
        {"address": f"https://www.linkedin.com/feed/update/urn:li:share:{1:019d}/"},
        *({"address": share.post_address} for share in planted.shares),
    ]


def times(planted: Planted) -> list[Form]:
    later = f"{now() + timedelta(days=2):%Y-%m-%dT12:30}"
    shown = sha256(WORDS.encode()).hexdigest()
    form = {"text": WORDS, "seen": "public", "at": later}
    return [form | {"noted": later, "shown": shown}]


def receipts(planted: Planted) -> list[Form]:
    held = [{"header": {"record_id": str(record)}} for record in planted.records]
    return [{"document": json.dumps(document)} for document in held]


def items(planted: Planted) -> list[Form]:
    form = {
        "kind": "link",
        "link": "https://veenstroom.example/street-battery",
        "title": "The first street battery",
        "why": "Half a year in Molenwijk.",
        "language": "en",
        "angle": ["expert", "team", "personal"],
        "wording_language": ["en", "en", "nl"],
        "wording": ["It became 11 percent.", "It stays.", "Er staat een kast."],
        "topic": [planted.item.topics[0].slug],
        "media": [planted.picture.public_id],
        "alt": ["A tower"],
    }
    return [form | {"do": do} for do in ("publish", "draft", "see", "look")]


def uploads(planted: Planted) -> list[Form]:
    return [{"kind": "picture", "file": (BytesIO(phone_picture()), "tower.jpg")}]


def _said(*forms: Form) -> Callable[[Planted], list[Form]]:
    return lambda _planted: [dict(form) for form in forms]


FORMS: Mapping[str, Callable[[Planted], list[Form]]] = {
    "library.compose": compose,
    "shares.undo": _said({}),
    "shares.there": _said({}),
    "shares.take_back": _said({}),
    "shares.take_off": _said({}),
    "shares.delete": _said({}),
    "shares.told": addresses,
    "shares.address": addresses,
    "shares.change_time": times,
    "shares.again": _said({}),
    "shares.leave": _said({}),
    "shares.stop": _said({}),
    "consent.answer": _said({"answer": "on"}, {"answer": "off"}),
    "consent.everything_off": _said({}),
    "consent.check": receipts,
    "accounts.connect": _said({"come_back_to": "/shares"}),
    "accounts.confirm": _said({"round": "1"}),
    "accounts.drop": _said({"round": "1"}),
    "accounts.noted": _said({"come_back_to": "/shares"}),
    "accounts.let_go": _said({}),
    "reach.propose_parameters": _said({"figure": "organisation:clicks", "sigma": "90"}),
    "reach.confirm_parameters": _said({}),
    "reach.refuse_parameters": _said({}),
    "reach.take_proposal_back": _said({}),
    "reach.take_change_back": _said({}),
    "watch.stop": _said({}),
    "watch.release": _said({}),
    "people.sign_in": lambda planted: [
        {"email": planted.person.email, "password": "a guess of somebody else"}
    ],
    "people.sign_out": _said({}),
    "people.choose_language": _said({"language": "nl"}),
    "people.choose_theme": _said({"theme": "dark"}),
    "people.time_zone": _said({"zone": "Asia/Tokyo"}),
    "people_demo.choose_person": lambda planted: [{"as": planted.person.email}],
    "curation.new": items,
    "curation.edit": items,
    "curation.proof": items,
    "curation.upload": uploads,
    "curation.organisations": _said({"name": "Veenwerk", "number": "1234567"}),
    "curation.withdraw": _said({"reason": "The tower is somebody else's."}),
}
# Shown again and not stored, so that no redirect follows.
LOOKS = {"consent.check", "curation.proof", "curation.upload"}
# No form of somebody else's gets through these: what is asked for, its owner takes back.
CLOSED = {
    "people.sign_in",
    "people_demo.choose_person",
    "reach.take_proposal_back",
    "reach.take_change_back",  # nothing was confirmed
}
# For whoever runs the service, or holds one of the two keys to the figures' numbers.
OPERATORS = {
    "watch.stop",
    "watch.release",
    "reach.propose_parameters",
    "reach.confirm_parameters",
    "reach.refuse_parameters",
}
# Only these send to the door.
LEAVES = {"people.sign_out"}
