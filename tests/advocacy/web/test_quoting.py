"""A title with quotation marks of its own stands between the page's without doubling."""

import pytest

from advocacy.web.quoting import within_quotes


@pytest.mark.parametrize(
    ("language", "title", "shown"),
    [
        ("en", "The tower stands", "The tower stands"),
        ("en", "“Why do you work at night?”", "Why do you work at night?"),
        ("en", '"Why do you work at night?"', "Why do you work at night?"),
        ("en", "‘Why?’", "Why?"),
        ("en", "He said “we” again", "He said ‘we’ again"),
        ("en", 'He said "we" again', "He said ‘we’ again"),
        ("en", "“Yes” and “no”", "‘Yes’ and ‘no’"),
        ("en", "It’s the crew’s", "It’s the crew’s"),
        ("nl", "Ze zei ‘wij’ en ging", "Ze zei “wij” en ging"),
        ("nl", "Ze zei “wij” en ging", "Ze zei “wij” en ging"),
        ("nl", "’s Nachts in de foto’s", "’s Nachts in de foto’s"),
    ],
)
def test_quotation_marks_within_a_title_do_not_double(app, language, title, shown):
    with app.test_request_context(headers={"Accept-Language": language}):
        assert within_quotes(title) == shown
