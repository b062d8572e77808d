"""How figures are summed up."""

from collections.abc import Sequence

Figure = dict[str, str | int | float]


def quantiles(seconds: Sequence[float]) -> dict[str, float]:
    """p50, p99 and the worst, in milliseconds."""
    ordered = sorted(seconds)
    last = len(ordered) - 1
    return {
        "p50_ms": round(1000 * ordered[last // 2], 3),
        "p99_ms": round(1000 * ordered[round(last * 0.99)], 3),
        "max_ms": round(1000 * ordered[last], 3),
        "count": len(ordered),
    }
