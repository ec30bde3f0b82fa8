"""Drawn values as the rows that are stored: totals, what people read of them, seals."""

from collections.abc import Mapping, Sequence
from typing import Any

from advocacy.reach.batches import Batch
from advocacy.reach.chain import seal, sealed_columns
from advocacy.reach.display import item_shown, margin_of, shown_values
from advocacy.reach.drafts import Draft, Drawn
from advocacy.reach.models import HeadCount, Metric, ReleasedFigure
from advocacy.reach.tables import METHOD_VERSION, Level, Measure, Table


def figure_rows(
    batch: Batch,
    table: Table,
    opened: Sequence[HeadCount],
    draft: Draft,
    previous_hash: str,
) -> list[ReleasedFigure]:
    """The batch's figures as they follow each other in the chain; none is stored yet."""
    figures, drawn = [], draft.drawn
    for measure in table.measures:
        shown = _shown(table, measure, opened, drawn)
        for row in opened:
            figure = _figure(row, measure, drawn[measure.metric], shown[row.group])
            figure.edition = batch.edition
            figure.released_at = draft.at
            figure.previous_hash = previous_hash
            figure.own_hash = previous_hash = seal(figure)
            figures.append(figure)
    return figures


def columns(figure: ReleasedFigure) -> dict[str, Any]:
    """The figure's columns for a statement that stores many."""
    return {
        name: getattr(figure, name) for name in (*sealed_columns(figure), "own_hash")
    }


def _figure(
    row: HeadCount, measure: Measure, noisy: Mapping[str, int], shown: int | None
) -> ReleasedFigure:
    parts = row.part_keys or [row.group]
    return ReleasedFigure(
        window_start=row.window_start,
        window_end=row.window_end,
        table=row.table,
        group=row.group,
        metric=measure.metric,
        level=row.level,
        name=row.name,
        noisy=sum(noisy[part] for part in parts),
        margin=margin_of(measure.sigma, len(parts)),
        shown=shown,
        parts=len(parts),
        heads=row.heads,
        method_version=METHOD_VERSION,
    )


def _shown(
    table: Table, measure: Measure, opened: Sequence[HeadCount], drawn: Drawn
) -> dict[str, int | None]:
    if table.level is Level.ITEM:
        place = [Metric.SHARES, Metric.CLICKS].index(measure.metric)
        return {
            row.group: item_shown(
                drawn[Metric.SHARES][row.group], drawn[Metric.CLICKS][row.group], table
            )[place]
            for row in opened
        }
    totals = {row.group: tuple(row.part_keys) for row in opened if row.part_keys}
    return shown_values(table, measure, drawn[measure.metric], totals)
