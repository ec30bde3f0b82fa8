"""The composer of the pretend network: what a member pastes there, and where it goes."""

import html
import re

import pytest
import requests

from integrations.linkedin.client import LinkedIn
from integrations.network import PostDraft
from tests.integrations.linkedin_sandbox.publishing import publish


def test_the_composer_holds_the_text_and_posts_by_hand(sandbox):
    text = "Een zin (met haakjes)\n\n<#tag> & een adres: https://x.example/l/1"
    address = LinkedIn(sandbox.settings_for_client()).composer_address(text)
    page = requests.get(address, timeout=10).text
    [typed] = re.findall(r"<textarea[^>]*>\n(.*)</textarea>", page, re.DOTALL)
    assert html.unescape(typed) == text
    sent = text.replace("\n", "\r\n")
    answer = requests.post(
        f"{sandbox.address}/feed/",
        data={"text": sent, "other": "  Femke  de Wit "},
        timeout=10,
    )
    [post] = sandbox.posts()
    assert answer.url.endswith(f"/feed/update/{post['urn']}/")
    assert (post["text"], post["member"], post["by_hand"]) == (
        text,
        "Femke de Wit",
        True,
    )
    assert "Typed here by hand" in answer.text
    assert '<a href="https://x.example/l/1">' in answer.text


@pytest.mark.parametrize(
    ("form", "sentence"),
    [
        ({"text": "x"}, "Choose or type a name."),
        ({"text": " ", "other": "Ivo"}, "Write 1 to 3000 characters."),
        ({"text": "😀" * 1501, "other": "Ivo"}, "Write 1 to 3000 characters."),
    ],
)
def test_a_refused_post_by_hand_keeps_what_was_typed(sandbox, form, sentence):
    answer = requests.post(f"{sandbox.address}/feed/", data=form, timeout=10)
    assert answer.status_code == 422
    assert sentence in answer.text
    assert f"{form['text']}</textarea>" in answer.text or form["text"] == " "
    assert sandbox.posts() == []


def test_ones_own_activity_shows_ones_own_posts(sandbox):
    publish(sandbox, PostDraft("By Tjitske"), "Tjitske Rinsma")
    with requests.Session() as browser:
        data = {"text": "By Femke", "other": "Femke de Wit"}
        browser.post(f"{sandbox.address}/feed/", data=data, timeout=10)
        address = LinkedIn(sandbox.settings_for_client()).activity_address()
        page = browser.get(address, timeout=10).text
    assert "Posts by Femke de Wit" in page
    assert "By Femke" in page
    assert "By Tjitske" not in page
