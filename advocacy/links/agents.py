"""Which user agents are programs, without remembering what they were."""

import re
from datetime import date
from secrets import token_hex

from is_crawler import crawler_contact, crawler_url, is_crawler

from advocacy.links.models import Outcome

# Programs that the crawler list does not know: drivers of browsers and scanners of
# mail.
MORE_PROGRAMS = re.compile(
    "barracuda|mimecast|proofpoint|urldefense|safelinks|url-?scanner|linkscanner"
    "|phantomjs|puppeteer|playwright|selenium|webdriver"
    r"|^mozilla/\d\.\d$",
    re.IGNORECASE,
)


class Agents:
    """Judges each agent once a day.

    Remembered is a number under a key that nobody has and that goes with the day.
    """

    def __init__(self, most_remembered: int = 2048) -> None:
        self._most = most_remembered
        self._day = date.min
        self._key = ""
        self.judged: dict[int, Outcome | None] = {}

    def begin(self, day: date) -> None:
        """Forget the days before."""
        if day > self._day:
            self._day, self._key, self.judged = day, token_hex(32), {}

    def judge(self, agent: str, day: date) -> Outcome | None:
        """BOT or LINKEDIN for a program, None for a browser that a person may have."""
        self.begin(day)
        judged = self.judged
        number = hash(self._key + agent)
        try:
            return judged[number]
        except KeyError:
            outcome = outcome_of(agent)
        if len(judged) >= self._most:
            judged.clear()
        judged[number] = outcome
        return outcome


def outcome_of(agent: str) -> Outcome | None:
    """As `Agents.judge`; nothing is remembered of it."""
    if "linkedinbot" in agent.lower():
        return Outcome.LINKEDIN
    return Outcome.BOT if is_program(agent) else None


def is_program(agent: str) -> bool:
    """Whether this is no person's browser. The one inside LinkedIn's app is."""
    if not agent.strip():
        return True
    crawler = is_crawler(agent)
    # The list's own memory would keep thousands of agents as they came.
    is_crawler.cache_clear()
    crawler_contact.cache_clear()
    crawler_url.cache_clear()
    return crawler or bool(MORE_PROGRAMS.search(agent))
