"""Ten million clicks, made in SQL: as the redirect leaves them, and counted the plain way."""

from sqlalchemy import Engine, text

from bench.planting import repeat, settle

DAYS = 90  # as long as days are kept, nearly
HOT_PERCENT = 10  # of all clicks go to one person's links: the worst page there is
LINES = 32  # in a batch: as many as may wait at once

# Every seventh is a bot's, so that outcomes differ.
# Links are numbered and joined: to look into an array of so many takes as long as it is.
CLICKS = """
    CREATE UNLOGGED TABLE bench_click AS
    WITH hot AS MATERIALIZED (
        SELECT code, row_number() OVER (ORDER BY code) - 1 AS place
        FROM link WHERE person_id = :person
    ), cold AS MATERIALIZED (
        SELECT code, row_number() OVER (ORDER BY code) - 1 AS place
        FROM link WHERE NOT frozen
    )
    SELECT coalesce(hot.code, cold.code) AS code,
           current_date - ((n * 31) % :days)::int AS day,
           CASE WHEN n % 7 = 0 THEN 'bot' ELSE 'counted' END AS outcome,
           n AS id
    FROM generate_series(1, CAST(:clicks AS bigint)) AS n
    LEFT JOIN hot ON hot.place = CASE WHEN n % 100 < :hot
        THEN n % (SELECT count(*) FROM hot) END
    LEFT JOIN cold ON cold.place = CASE WHEN n % 100 >= :hot
        THEN (n * 7919::bigint) % (SELECT count(*) FROM cold) END
"""
# What the days must say in the end: what they said before, and each click.
EXPECTED = """
    CREATE UNLOGGED TABLE bench_expected AS
    SELECT code, day, outcome, sum(visits) AS visits FROM (
        SELECT code, day, outcome, visits FROM click_day
        UNION ALL
        SELECT code, day, outcome, count(*) FROM bench_click GROUP BY 1, 2, 3
    ) AS seen GROUP BY code, day, outcome
"""
DIFFERENT = """
    SELECT count(*) FROM bench_expected
    FULL JOIN click_day USING (code, day, outcome)
    WHERE bench_expected.visits IS DISTINCT FROM click_day.visits
"""
AS_BATCHES = """
    INSERT INTO visit_batch (id, visits)
    SELECT gen_random_uuid(), string_agg(line, E'\\n') FROM (
        SELECT (id - 1) / :lines AS batch,
               code || ' ' || day || ' ' || outcome || ' 1' AS line
        FROM bench_click
    ) AS lines GROUP BY batch
"""


def more_links(engine: Engine, number: int) -> None:
    """Nobody's, beside those of the sample organisation."""
    changed = {
        "code": "substr(md5('more' || n), 1, 14)",
        "personal": "true",
        "person_id": "NULL",
        "frozen": "false",
    }
    with engine.begin() as connection:
        repeat(connection, "link", number, changed)
    settle(engine)


def busiest_person(engine: Engine) -> int:
    """Who has the most links of their own."""
    with engine.connect() as connection:
        found = connection.scalar(
            text(
                "SELECT person_id FROM link WHERE person_id IS NOT NULL"
                " GROUP BY person_id ORDER BY count(*) DESC, person_id LIMIT 1"
            )
        )
    assert found, "nobody has a link"
    return int(found)


def make_clicks(engine: Engine, clicks: int, person_id: int) -> None:
    """Make them; they wait for a roll-up."""
    values = {
        "clicks": clicks,
        "person": person_id,
        "hot": HOT_PERCENT,
        "days": DAYS,
    }
    with engine.begin() as connection:
        connection.execute(text(CLICKS), values)
        connection.execute(text(EXPECTED))
        connection.execute(text(AS_BATCHES), {"lines": LINES})
    settle(engine)


def different_rows(engine: Engine) -> int:
    """How many rows of the days differ from a plain count of every click."""
    with engine.connect() as connection:
        return int(connection.scalar(text(DIFFERENT)) or 0)
