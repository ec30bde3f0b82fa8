"""What I allow, as a person meets it."""

import io
import json
import re
from html.parser import HTMLParser

import pytest

from advocacy.consent.models import Purpose
from advocacy.consent.operations import give
from advocacy.consent.purposes import OFFERS
from advocacy.consent.queries import events_of, purposes_on, states_of
from advocacy.hooks import PostLeft
from integrations.clock import now

CODES = [offer.code for offer in OFFERS]
P1 = Purpose.POST_FOR_ME
# A record number that was never given.
NOBODYS = "6d1f2a04-93ce-4b7e-8a55-2f0c7e9d1b38"


class Buttons(HTMLParser):
    """Every button's class, by its value."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[dict[str, str | None]] = []

    def handle_starttag(self, tag, attributes):
        if tag == "button":
            self.found.append(dict(attributes))


def switches(page: str) -> list[dict[str, str | None]]:
    parser = Buttons()
    parser.feed(page)
    return [button for button in parser.found if button.get("name") == "answer"]


@pytest.fixture
def visit(browser_of, ivo):
    return browser_of(ivo)


@pytest.mark.parametrize(
    ("method", "address"),
    [
        ("get", "/consent"),
        ("post", "/consent/p1"),
        ("post", "/consent/everything-off"),
        ("get", "/consent/check"),
        ("get", f"/consent/receipts/{NOBODYS}"),
        ("get", f"/consent/receipts/{NOBODYS}/download"),
    ],
)
def test_strangers_sign_in_first(client, method, address):
    answer = getattr(client, method)(address)
    assert answer.location.startswith("/sign-in")


def test_everything_is_off_for_somebody_new_and_nothing_is_ticked(visit):
    page = visit.get("/consent").text
    assert [button["value"] for button in switches(page)] == ["on"] * 6
    assert not re.search(r"\b(checked|selected)\b", page)
    assert re.findall(r'<h2 id="([a-z0-9]+)">', page)[:6] == CODES


def test_the_exact_words_stand_on_the_page_in_its_language(visit):
    for language in ("en", "nl"):
        visit.post("/language", data={"language": language})
        page = " ".join(visit.get("/consent").text.split())
        for offer in OFFERS:
            for line in offer.text(language).split("\n"):
                label, _, sentence = line.partition(": ")
                assert (sentence or label) in page
        assert f'<html lang="{language}"' in page


@pytest.mark.parametrize("code", CODES)
def test_one_press_turns_on_and_one_turns_off_with_the_same_button(
    session, visit, ivo, code
):
    off = next(s for s in switches(visit.get("/consent").text))["class"]
    answer = visit.post(f"/consent/{code}", data={"answer": "on"})
    assert answer.location == "/consent"
    page = visit.get("/consent").text
    [notice] = re.findall(r'<div class="flash"[^>]*>', page)
    assert "autofocus" in notice  # the answer to the press is in sight
    assert "It ends by itself on" in page
    on = next(s for s in switches(page) if s["value"] == "off")
    assert on["class"] == off
    assert on["aria-describedby"] == code
    assert len(purposes_on(session, ivo.id)) == 1
    visit.post(f"/consent/{code}", data={"answer": "off"})
    session.expire_all()
    assert purposes_on(session, ivo.id) == frozenset()
    assert [row.epoch for row in states_of(session, ivo.id).values()] == [2]


def test_it_says_what_happened_and_asks_no_reason(visit):
    visit.post("/consent/p3", data={"answer": "on"})
    page = visit.get("/consent").text
    assert "“Count visits to my links, for me” is on." in page
    assert "textarea" not in page
    visit.post("/consent/p3", data={"answer": "off"})
    assert "is off." in visit.get("/consent").text


def test_the_answer_is_recorded_in_the_language_it_was_read_in(session, visit, ivo):
    visit.post("/language", data={"language": "nl"})
    visit.post("/consent/p4", data={"answer": "on"})
    (event,) = events_of(session, ivo)
    assert event.language == "nl"
    assert event.method == "pressed Turn on, on the page What I allow"


@pytest.mark.parametrize(
    ("code", "answer"),
    [("p1", "maybe"), ("p1", ""), ("p9", "on"), ("P1", "on"), ("author2", "off")],
)
def test_other_answers_and_other_purposes_are_not_there(
    session, visit, ivo, code, answer
):
    assert visit.post(f"/consent/{code}", data={"answer": answer}).status_code == 404
    assert events_of(session, ivo) == []


def test_a_get_changes_nothing(session, visit, ivo):
    assert visit.get("/consent/p1?answer=on").status_code in {404, 405}
    assert visit.get("/consent/everything-off").status_code in {404, 405}
    assert events_of(session, ivo) == []


def test_nobody_answers_for_somebody_else(session, visit, ivo, marit):
    data = {"answer": "on", "person_id": marit.id, "subject_id": marit.subject_id}
    visit.post("/consent/p1", data=data)
    assert purposes_on(session, marit.id) == frozenset()
    assert purposes_on(session, ivo.id) == {P1}


def test_one_press_turns_everything_off(session, visit, ivo):
    for code in CODES:
        visit.post(f"/consent/{code}", data={"answer": "on"})
    visit.post("/consent/everything-off")
    session.expire_all()
    assert purposes_on(session, ivo.id) == frozenset()
    assert "Everything is off." in visit.get("/consent").text


def test_the_way_back_to_what_one_was_doing_is_kept(visit):
    page = visit.get("/consent?come_back_to=/items/7").text
    assert '<a href="/items/7">' in page
    data = {"answer": "on", "come_back_to": "/items/7"}
    answer = visit.post("/consent/p1", data=data)
    assert answer.location == "/consent?come_back_to=/items/7"
    connect = visit.get(answer.location).text
    assert 'name="come_back_to" value="/items/7"' in connect


def test_the_way_back_leads_to_no_other_host(visit):
    page = visit.get("/consent?come_back_to=//evil.example/").text
    assert '"//evil.example' not in page
    data = {"answer": "on", "come_back_to": "//evil.example/"}
    assert visit.post("/consent/p1", data=data).location == "/consent"


def test_a_receipt_can_be_read_kept_and_checked(visit):
    visit.post("/consent/p1", data={"answer": "on"})
    page = visit.get("/consent").text
    address = re.search(r'href="(/consent/receipts/[0-9a-f-]+)"', page)
    assert address
    readable = visit.get(address[1]).text
    assert "We send a post to LinkedIn after you have confirmed" in readable
    kept = visit.get(f"{address[1]}/download")
    assert kept.mimetype == "application/json"
    assert re.fullmatch(
        r'attachment; filename="receipt-p1-\d{4}-\d\d-\d\d\.json"',
        kept.headers["Content-Disposition"],
    )
    assert json.loads(kept.text)["parties"]["controller"] == "Veenstroom"
    pasted = visit.post("/consent/check", data={"document": kept.text})
    assert "The seal fits." in pasted.text
    uploaded = visit.post(
        "/consent/check", data={"file": (io.BytesIO(kept.data), "receipt.json")}
    )
    assert "The seal fits." in uploaded.text


def test_somebody_elses_receipt_is_not_there(session, visit, marit):
    event = give(session, marit, P1, "en", "pressed", now())
    session.commit()
    for address in ("", "/download"):
        answer = visit.get(f"/consent/receipts/{event.record_id}{address}")
        assert answer.status_code == 404
    assert str(event.record_id) not in visit.get("/consent").text


@pytest.mark.parametrize(
    ("document", "status", "words"),
    [
        ("", 422, "Paste a receipt, or choose its file."),
        ("   ", 422, "Paste a receipt, or choose its file."),
        ("nonsense <b>", 422, "nonsense &lt;b&gt;"),
        (f'{{"header": {{"record_id": "{NOBODYS}"}}}}', 200, "no record with this"),
    ],
)
def test_checking_keeps_what_was_handed_in_and_says_what_it_is(
    visit, document, status, words
):
    answer = visit.post("/consent/check", data={"document": document})
    assert answer.status_code == status
    assert words in answer.text


def test_a_changed_receipt_is_told(session, visit, ivo):
    visit.post("/consent/p1", data={"answer": "on"})
    (event,) = events_of(session, ivo)
    kept = visit.get(f"/consent/receipts/{event.record_id}/download").text
    changed = kept.replace('"given"', '"withdrawn"')
    answer = visit.post("/consent/check", data={"document": changed})
    assert "The seal does not fit." in answer.text
    huge = visit.post("/consent/check", data={"document": "x" * 100_000})
    assert huge.status_code == 422


def test_after_posting_is_turned_off_the_posts_that_stay_are_listed(app, visit):
    runtime = app.extensions["advocacy"]
    address = "http://linkedin.test/feed/update/urn:li:share:7/"
    posts = [PostLeft("Tower 41 <stands>", "linkedin", address, in_doubt=False)]
    object.__setattr__(runtime, "posts_left", lambda _session, _person: posts)
    assert "Tower 41" not in visit.get("/consent").text
    visit.post("/consent/p1", data={"answer": "on"})
    assert "Tower 41" not in visit.get("/consent").text
    visit.post("/consent/p1", data={"answer": "off"})
    page = visit.get("/consent").text
    assert page.count('role="status"') == 1
    assert "Tower 41 &lt;stands&gt;" in page
    assert 'href="http://linkedin.test/feed/update/urn:li:share:7/"' in page
    assert "No post was waiting to leave. The key from LinkedIn is gone." in page
    assert "These may be on LinkedIn" not in page
