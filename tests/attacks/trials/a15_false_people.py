"""A15: a manager or somebody of communications makes up people or units."""

from sqlalchemy import func, select

from advocacy.people.models import Person, Unit
from advocacy.reach.attack_said import said
from tests.attacks.judging import Finding
from tests.attacks.lengths import Lengths
from tests.attacks.stage import Stage, stage
from tests.attacks.town import ALL_OUT, build, planted_life
from tests.attacks.trials.a01_all_others_known import WITH_SHARERS, of_one_figure
from tests.attacks.walking import send_all

RUNS_IT = "administrator"


def findings(lengths: Lengths) -> list[Finding]:
    found = [_forms(lengths)]
    for table, measure in WITH_SHARERS:
        case = said("all made up")
        found += of_one_figure("A15", table, measure, lengths, table.floor - 1, case)
    return found


def _forms(lengths: Lengths) -> Finding:
    """Every form that there is, as each role that is no administrator."""
    with stage() as world:
        town = build(world)
        planted = planted_life(world, town)
        before = _numbers(world)
        who = {name: id_ for name, id_ in town.readers.items() if name != RUNS_IT}
        if not lengths.whole_walk:
            who = {"communications": who["communications"]}
        answers = send_all(world, planted, who, "A15", ALL_OUT)
        accepted = sum(answer.startswith(b"302") for answer in answers.values())
        made = sum(_numbers(world)) - sum(before)
    return Finding(
        attack="A15",
        what=said("forms", forms=len(answers)),
        naive=said("no figures"),
        succeeds=None,
        reached=said("made", made=made, accepted=accepted),
        bound=0,
        # Were no form accepted, nothing would have been tried.
        withstood=made == 0 and accepted > 0,
    )


def _numbers(world: Stage) -> tuple[int, int]:
    """People and units."""
    with world.session() as session:
        people, units = (
            session.scalar(select(func.count()).select_from(kind)) or 0
            for kind in (Person, Unit)
        )
        return people, units
