"""Every mutant there is."""

from mutants.mutant import Mutant
from mutants.ways import (
    alarms,
    alerts,
    coming_in,
    deadlines,
    going_out,
    groups,
    outages,
    pairings,
    phones,
    privacy,
    times,
)

EVERY: tuple[Mutant, ...] = (
    *coming_in.MUTANTS,
    *deadlines.MUTANTS,
    *going_out.MUTANTS,
    *outages.MUTANTS,
    *alerts.MUTANTS,
    *alarms.MUTANTS,
    *pairings.MUTANTS,
    *groups.MUTANTS,
    *privacy.MUTANTS,
    *phones.MUTANTS,
    *times.MUTANTS,
)
"""In the order of a message's road."""
