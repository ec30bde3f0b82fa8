"""Which fault a create call meets: the one that was set, else one by chance."""

from collections.abc import Mapping

from integrations.linkedin_sandbox.creates_log import CreateCall
from integrations.linkedin_sandbox.fault_mix import FaultMix
from integrations.linkedin_sandbox.faults import FAULTS, Fault
from integrations.linkedin_sandbox.memory import Memory


def take_fault(memory: Memory, call: CreateCall) -> Fault:
    """The fault for this call; after its last time the network behaves again."""
    name = memory.fault
    if memory.fault_times > 0:
        memory.fault_times -= 1
    if memory.fault_times == 0:
        memory.fault = "behave"
    if name == "behave":
        name = memory.fault_mix.fault_for(call.sha256, call.time)
    call.fault = name
    return FAULTS[name]


def set_fault(memory: Memory, name: str, times: int = 1) -> None:
    """Let the next `times` create calls go wrong; KeyError for a name not known."""
    if name not in FAULTS:
        raise KeyError(name)
    memory.fault = name
    memory.fault_times = times


def set_fault_mix(memory: Memory, seed: int, percents: Mapping[str, float]) -> None:
    """Let so many in a hundred calls go wrong, whenever no single fault is set.

    Raises KeyError for a name not known, ValueError for percentages that are none.
    """
    for name in percents:
        if name not in FAULTS:
            raise KeyError(name)
    memory.fault_mix = FaultMix(seed, dict(percents))
