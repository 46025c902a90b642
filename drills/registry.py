"""Which drills there are. A drill is a module that is run by itself; it prints one line (`drills.verdicts`).

A new one: its module, a row here, a row in docs/drills.md. Its control is a fault that it plants itself and must find.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Drill:
    """`python -m <module> <arguments>`; `control` names what is planted, in words for a reader."""

    name: str
    module: str
    control: str
    arguments: tuple[str, ...] = ()


DRILLS = {
    drill.name: drill
    for drill in (
        Drill("places", "drills.sequences", "each fault of drills/places/faults.py", ("places",)),
        Drill("plans", "drills.sequences", "each fault of drills/plans/faults.py", ("plans",)),
        Drill(
            "restore",
            "drills.restore",
            "no log, a spoilt copy, a file less, no list of the erased, another key",
        ),
        Drill("lighthouse", "drills.lighthouse", "pages without language and description"),
        Drill(
            "hosts", "drills.hosts", "taking over from a server that still answers; a yes that is taken away"
        ),
        Drill("migrating", "drills.migrating.__main__", "all at once, by a migrate that waits for ever"),
        Drill(
            "load", "drills.load.__main__", "all wait for their turn, a yes to nothing, each kind of fault"
        ),
        Drill("stalls", "drills.stalls", "pages that wait for a stopped database without an end"),
        Drill("mail_kills", "drills.mail_kills", "a mail marked before it is sent, a Message-ID a try"),
        Drill("mail_points", "drills.mail_points", "a mail marked before it is sent, doubt that is not held"),
        Drill("mail_broker", "drills.mail_broker", "a worker that looks only when it is told"),
        Drill("mail_speed", "drills.mail_speed", "the index of what waits is gone"),
    )
}
