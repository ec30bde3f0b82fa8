"""Receipts: complete, one's own, and whatever was changed in one is told."""

import hashlib
import json
from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest
from sqlalchemy import text

from advocacy.consent.models import Purpose
from advocacy.consent.operations import expire_old, give, withdraw
from advocacy.consent.purposes import POST_FOR_ME
from advocacy.consent.queries import events_of, text_of
from advocacy.consent.receipts import (
    LONGEST,
    Receipt,
    Verdict,
    check_receipt,
    receipt,
    receipt_file,
)

NOON = datetime(2026, 11, 20, 12, 0, tzinfo=UTC)
P1 = Purpose.POST_FOR_ME


@pytest.fixture
def document(session, ivo) -> Receipt:
    event = give(session, ivo, P1, "nl", "pressed Turn on", NOON)
    return receipt(event, text_of(session, event), "Veenstroom")


def test_it_holds_the_sections_of_a_consent_record(document, ivo):
    assert list(document) == ["header", "who", "parties", "what", "notice", "event"]
    assert document["who"] == {"subject_id": str(ivo.subject_id)}
    assert document["parties"] == {
        "controller": "Veenstroom",
        "recipients": ["LinkedIn"],
    }
    assert document["what"]["purpose"] == "P1"
    assert "w_member_social" in document["what"]["scopes"]
    assert document["notice"]["text"] == POST_FOR_ME.text("nl")
    assert document["event"]["answer"] == "given"
    assert document["event"]["at"] == "2026-11-20T12:00:00.000000+00:00"


def test_it_names_nobody(document, ivo):
    file = receipt_file(document)
    assert ivo.name not in file
    assert ivo.email not in file


def test_anybody_can_recompute_the_hash_of_the_words_from_it(document):
    words = document["notice"]["text"].encode()
    assert hashlib.sha256(words).hexdigest() == document["notice"]["sha256"]


def test_anybody_can_recompute_the_seal_from_it(document):
    """As docs/consent.md tells a stranger to do it, without a line of ours."""
    header, event, notice = (document[p] for p in ("header", "event", "notice"))
    sealed = {
        "schema_version": header["schema_version"],
        "record_id": header["record_id"],
        "subject_id": document["who"]["subject_id"],
        "purpose": document["what"]["purpose"],
        "answer": event["answer"],
        "at": event["at"],
        "text_version": notice["version"],
        "text_sha256": notice["sha256"],
        "language": header["language"],
        "method": event["method"],
        "previous_hash": header["previous_hash"],
    }
    written = json.dumps(
        sealed, sort_keys=True, ensure_ascii=False, separators=(",", ":")
    )
    assert hashlib.sha256(written.encode()).hexdigest() == header["own_hash"]


def test_a_receipt_as_downloaded_fits(session, document):
    assert check_receipt(session, receipt_file(document)) is Verdict.FITS


def test_it_fits_however_it_was_laid_out_and_whatever_the_firm_is_called_now(
    session, document
):
    document["parties"]["controller"] = "Veenstroom Groep"
    shuffled = dict(reversed(document.items()))
    assert check_receipt(session, json.dumps(shuffled)) is Verdict.FITS


def test_withdrawn_and_expired_answers_have_receipts_too(session, ivo, marit):
    give(session, ivo, P1, "en", "pressed", NOON)
    withdraw(session, ivo, P1, "en", "pressed", NOON, [])
    give(session, marit, P1, "en", "pressed", NOON - timedelta(days=400))
    expire_old(session, NOON, [])
    for person, by in ((ivo, "the person, signed in"), (marit, "time")):
        event = events_of(session, person)[0]
        made = receipt(event, text_of(session, event), "Veenstroom")
        assert made["event"]["by"] == by
        assert check_receipt(session, receipt_file(made)) is Verdict.FITS


@pytest.mark.parametrize(
    ("section", "name", "value"),
    [
        ("header", "language", "en"),
        ("header", "own_hash", "0" * 64),
        ("header", "previous_hash", "f" * 64),
        ("header", "schema_version", 2),
        ("who", "subject_id", "00000000-0000-4000-8000-000000000000"),
        ("what", "purpose", "P3"),
        ("what", "scopes", []),
        ("what", "data", ["nothing"]),
        ("notice", "text", "Something nicer."),
        ("notice", "version", 9),
        ("notice", "sha256", "0" * 64),
        ("event", "answer", "withdrawn"),
        ("event", "at", "2026-11-20T12:00:00.000001+00:00"),
        ("event", "method", "silence"),
        ("event", "by", "the manager"),
        ("event", "extra", "a line of my own"),
    ],
)
def test_every_change_to_a_receipt_is_told(session, document, section, name, value):
    document[section][name] = value
    assert check_receipt(session, json.dumps(document)) is Verdict.CHANGED


@pytest.mark.parametrize("change", ["drop", "add"])
def test_a_section_more_or_less_is_a_change(session, document, change):
    if change == "drop":
        del document["what"]
    else:
        document["remarks"] = {}
    assert check_receipt(session, json.dumps(document)) is Verdict.CHANGED


def test_a_record_that_is_not_ours_is_unknown(session, document):
    document["header"]["record_id"] = str(uuid4())
    assert check_receipt(session, json.dumps(document)) is Verdict.UNKNOWN


@pytest.mark.parametrize(
    "document",
    [
        "",
        "not a receipt",
        "[]",
        "null",
        "17",
        "{}",
        '{"header": 3}',
        '{"header": {"record_id": 3}}',
        '{"header": {"record_id": "no number"}}',
        '{"header": {"record_id": "\\u0000"}}',
        "[" * 19_000,
        '{"header": ' + "[" * 19_000,
        '{"a": "' + "x" * LONGEST + '"}',
    ],
)
def test_what_is_no_receipt_is_unreadable_and_harmless(session, document):
    assert check_receipt(session, document) is Verdict.UNREADABLE


def test_a_change_to_our_own_record_is_told_to_whoever_holds_the_receipt(
    session, document
):
    session.flush()
    session.execute(text("ALTER TABLE consent_event DISABLE TRIGGER only_add"))
    session.execute(text("UPDATE consent_event SET method = 'silence'"))
    session.expire_all()
    verdict = check_receipt(session, receipt_file(document))
    assert verdict is Verdict.OURS_CHANGED
