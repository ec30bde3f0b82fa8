"""Circles among things of which each has at most one above it."""

from collections.abc import Iterator, Mapping


def circles(above: Mapping[str, str]) -> Iterator[list[str]]:
    """Each circle once, from the one that comes first in `above`, upwards."""
    seen: set[str] = set()
    place = {key: number for number, key in enumerate(above)}
    for start in above:
        path: list[str] = []
        key = start
        while key in above and key not in seen:
            seen.add(key)
            path.append(key)
            key = above[key]
        if key in path:
            circle = path[path.index(key) :]
            first = circle.index(min(circle, key=place.__getitem__))
            yield circle[first:] + circle[:first]
