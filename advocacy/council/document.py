"""A report as headings, sentences and tables, before it becomes a page or a PDF."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Table:
    """Rows under a caption; the first cell of each row names it.

    Without a head it is a list of names, and what each of them means.
    """

    caption: str
    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    numbers: tuple[
        int, ...
    ] = ()  # columns that stand under each other by their last digit


@dataclass(frozen=True)
class Part:
    """A heading inside a section, and what stands under it."""

    title: str
    sentences: tuple[str, ...] = ()
    tables: tuple[Table, ...] = ()


@dataclass(frozen=True)
class Section:
    """One question of the reader's."""

    key: str  # its place in the file, the same in each language
    title: str
    sentences: tuple[str, ...]
    tables: tuple[Table, ...] = ()
    parts: tuple[Part, ...] = ()


@dataclass(frozen=True)
class Report:
    """All of it, in one language."""

    title: str
    subtitle: str
    language: str
    organisation: str
    day: str  # in words
    sections: tuple[Section, ...]
