"""What is said beside a field of the form, and in the list of errors above it."""

from collections import Counter
from collections.abc import Mapping, Sized

from flask_babel import gettext as _
from flask_babel import ngettext

from advocacy.curation.address_wording import address_refused
from advocacy.curation.item_form import ItemForm
from advocacy.web.formats import number
from content.items import ItemKind
from content.media import Media
from content.readiness import FEWEST_WORDINGS, LONGEST, LONGEST_WORDING, MOST_PICTURES

# Where the form shows what is said about a field of content.drafts.ItemDraft.
_PLACES = {
    "link_address": "link",
    "link_title": "card_title",
    "link_description": "card_text",
    "offered_at": "appears",
    "expires_at": "leaves",
}
# Where files of a kind of item are chosen; elsewhere it is among the pictures.
_FILES: Mapping[str, str] = {ItemKind.VIDEO: "video", ItemKind.DOCUMENT: "document"}
# The order of the page, for the list on top.
_ORDER = (
    *("kind", "link", "card_title", "card_text", "title", "why", "goal", "language"),
    *(
        "picture",
        "video",
        "document",
        "alt",
        "captions",
        "captions_file",
        "captions_text",
    ),
    *("transcript", "wordings", "wording", "disclosure_en", "disclosure_nl"),
    *("topics", "appears", "leaves"),
)


def worded(
    problems: Mapping[str, str], form: ItemForm, files: Mapping[str, Media]
) -> dict[str, str]:
    """Sentences by field id of the form, from codes by field of the draft; `files` are the
    stored ones by public id.
    """
    names = _names(form, files)

    def sentence(field: str, code: str) -> str:
        why = _sentence(field, code, form)
        name = names.get(field.split(".")[1]) if field.endswith(".alt") else None
        return _("%(file)s: %(why)s", file=name, why=why) if name else why

    return {
        _place(field, form): sentence(field, code) for field, code in problems.items()
    }


def _names(form: ItemForm, files: Mapping[str, Media]) -> dict[str, str]:
    """What to call each of several files, in the list above the form; one needs no name."""
    shown = [files[one.public_id] for one in form.media if one.public_id in files]
    count = Counter(file.original_name for file in shown)
    if len(shown) < 2:
        return {}
    return {
        file.public_id: file.original_name
        if file.original_name and count[file.original_name] == 1
        else _("Picture %(number)s", number=place)
        for place, file in enumerate(shown, start=1)
    }


def in_page_order(errors: Mapping[str, str]) -> dict[str, str]:
    """As the eye meets the fields."""

    def rank(field: str) -> tuple[int, int]:
        name, _, rest = field.partition("-")
        return (_ORDER.index(name), int(rest) if rest.isdecimal() else 0)

    return {field: errors[field] for field in sorted(errors, key=rank)}


def _place(field: str, form: ItemForm) -> str:
    name, *rest = field.split(".")
    match (name, rest):
        case ("wordings", [position, _]):
            return f"wording-{int(position) + 1}"
        case ("media", [public_id, "alt"]):
            return f"alt-{public_id}"
        case ("media", [_, part]):
            return part
        case ("media", []):
            return _FILES.get(form.kind, "picture")
    return _PLACES.get(name, name)


def _sentence(field: str, code: str, form: ItemForm) -> str:
    name = field.split(".", maxsplit=1)[0]
    if code == "missing":
        return _missing(name)
    if name == "link_address":
        return address_refused(code)
    if code == "too_long":
        return _too_long(field, form)
    return {
        "unknown": _("Choose one of the list."),
        "too_few_wordings": _more_wordings(form),
        "twice": _("This is the same as a wording above. Tell it from another side."),
        "missing_alt": _(
            "Describe the picture in one sentence, for people who cannot see it."
        ),
        "missing_captions": _(
            "This video has sound. Add captions or a transcript, for people who cannot"
            " hear it, or say that nobody speaks in it."
        ),
        "no_pictures": _("Add a picture, or choose another kind of item."),
        "too_many_pictures": _too_many_pictures(form),
        "no_video": _("Add a video, or choose another kind of item."),
        "too_many_videos": _("One video at a time: take the other out."),
        "no_document": _("Add a PDF, or choose another kind of item."),
        "too_many_documents": _("One document at a time: take the other out."),
        "wrong_media": _("This kind of item does not carry this file."),
        "before_offer": _("This day lies before the day on which it appears."),
        "in_the_past": _("This day is over. Choose a later one, or leave it empty."),
    }[code]


def _missing(name: str) -> str:
    return {
        "title": _("Give it a title."),
        "why": _("Say in a sentence or two why this matters."),
        "topics": _("Choose at least one topic."),
        "link_address": _("Which page is it about? Paste its address."),
    }[name]


def _more_wordings(form: ItemForm) -> str:
    said = sum(1 for wording in form.wordings if wording.text)
    return ngettext(
        "Add %(num)s more wording: three that differ let people choose.",
        "Add %(num)s more wordings: three that differ let people choose.",
        FEWEST_WORDINGS - said,
    )


def _too_many_pictures(form: ItemForm) -> str:
    most = 1 if form.kind == ItemKind.LINK else MOST_PICTURES
    return ngettext(
        "%(num)s picture at most. Take the others out.",
        "%(num)s pictures at most. Take the others out.",
        most,
    )


def _too_long(field: str, form: ItemForm) -> str:
    name, *rest = field.split(".")
    if name == "wordings":
        text = form.wordings[int(rest[0])].text
        over = len(text.encode("utf-16-le", "surrogatepass")) // 2 - LONGEST_WORDING
        return ngettext(
            "%(over)s character too many. LinkedIn takes %(limit)s at most.",
            "%(over)s characters too many. LinkedIn takes %(limit)s at most.",
            over,
            over=number(over),
            limit=number(LONGEST_WORDING),
        )
    limit = LONGEST[rest[-1] if rest else name]
    return _("Make it shorter: %(limit)s characters at most.", limit=number(limit))


def what_is_open(problems: Sized) -> str:
    """Beside a draft in the list."""
    if not problems:
        return _("ready to publish")
    return ngettext(
        "%(num)s thing still open", "%(num)s things still open", len(problems)
    )
