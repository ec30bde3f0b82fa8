"""Receipts: one answer with the exact words and its seal, to keep outside of here and
to check.

The sections follow ISO/IEC TS 27560: header, who, parties, what, notice, event.
"""

import json
from collections.abc import Mapping
from datetime import UTC
from enum import StrEnum
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from advocacy.consent.chain import seal_over, sealed_part
from advocacy.consent.models import Answer, ConsentEvent, ConsentText
from advocacy.consent.queries import text_of

LONGEST = 20_000
Receipt = dict[str, dict[str, object]]
# The organisation may change its name later; it is no part of the answer.
NOT_SEALED = "parties"


class Verdict(StrEnum):
    """What a receipt turned out to be."""

    FITS = "fits"
    CHANGED = "changed"
    UNKNOWN = "unknown"
    UNREADABLE = "unreadable"
    OURS_CHANGED = "ours changed"


def receipt(event: ConsentEvent, text: ConsentText, organisation: str) -> Receipt:
    """The receipt of one answer."""
    return {
        "header": _header(event),
        "who": {"subject_id": str(event.subject_id)},
        "parties": {
            "controller": organisation,
            "recipients": list(text.details["recipients"]),
        },
        "what": {
            "purpose": event.purpose.value,
            "data": list(text.details["data"]),
            "scopes": list(text.details["scopes"]),
            "withdrawal": "at any time, on the page What I allow",
        },
        "notice": {
            "version": event.text_version,
            "sha256": event.text_sha256,
            "text": text.text,
        },
        "event": _happened(event),
    }


def receipt_file(document: Receipt) -> str:
    """The receipt as it is downloaded."""
    return json.dumps(document, ensure_ascii=False, indent=2) + "\n"


def check_receipt(session: Session, document: str) -> Verdict:
    """Whether a receipt says exactly what was stored, and what was stored still has its
    seal.
    """
    held = _read(document)
    record_id = _record_id(held) if held is not None else None
    if held is None or record_id is None:
        return Verdict.UNREADABLE
    query = select(ConsentEvent).where(ConsentEvent.record_id == record_id)
    event = session.scalars(query).one_or_none()
    if event is None:
        return Verdict.UNKNOWN
    if seal_over(sealed_part(event)) != event.own_hash:
        return Verdict.OURS_CHANGED
    ours = receipt(event, text_of(session, event), "")
    same_parts = held.keys() == ours.keys() and all(
        held[name] == part for name, part in ours.items() if name != NOT_SEALED
    )
    return Verdict.FITS if same_parts else Verdict.CHANGED


def _header(event: ConsentEvent) -> dict[str, object]:
    return {
        "record_id": str(event.record_id),
        "schema_version": event.schema_version,
        "created_at": _moment(event),
        "language": event.language,
        "previous_hash": event.previous_hash,
        "own_hash": event.own_hash,
    }


def _happened(event: ConsentEvent) -> dict[str, object]:
    by = "time" if event.answer is Answer.EXPIRED else "the person, signed in"
    return {
        "answer": event.answer.value,
        "at": _moment(event),
        "method": event.method,
        "by": by,
    }


def _moment(event: ConsentEvent) -> str:
    return event.at.astimezone(UTC).isoformat(timespec="microseconds")


def _read(document: str) -> Mapping[str, object] | None:
    if len(document) > LONGEST:
        return None
    try:
        held = json.loads(document)
    except (ValueError, RecursionError):
        return None
    return held if isinstance(held, dict) else None


def _record_id(held: Mapping[str, object]) -> UUID | None:
    header = held.get("header")
    written = header.get("record_id") if isinstance(header, dict) else None
    try:
        return UUID(written) if isinstance(written, str) else None
    except ValueError:
        return None
