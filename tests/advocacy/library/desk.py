"""The writing desk as somebody at the keys uses it: open, type, press."""

from tests.advocacy.library.reading import fields, words

TEXT = "I stood under tower 41 in the rain.\n\nNobody cheered."


class Desk:
    def __init__(self, browser, item):
        self.browser = browser
        self.item = item
        self.action = f"/items/{item.id}/compose"
        self.open()

    def open(self):
        self.page = self.browser.get(f"/items/{self.item.id}")
        return self.page

    def press(self, do="", *, follow=False, **typed):
        """Press a button with what stands on the page, changed by what is typed."""
        sent = fields(self.page, self.action) | ({"do": do} if do else {}) | typed
        answer = self.browser.post(self.action, data=sent, follow_redirects=follow)
        if answer.status_code in {200, 422} and not follow:
            self.page = answer
        return answer

    def share(self, text, **typed):
        """Share as the page with its module does: what is on screen is confirmed."""
        return self.press("share", text=text, live="yes", **typed)


def refused(desk, answer, place, sentence):
    """A refusal: 422, the reason beside the field, all values kept, nothing stored."""
    source = answer.get_data(as_text=True)
    assert answer.status_code == 422
    assert sentence in words(answer)
    assert f'id="{place}-error"' in source
    assert f'<a href="#{place}">' in source
    return fields(answer, desk.action)
