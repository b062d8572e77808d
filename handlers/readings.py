"""The plain ways to write what an ambiguous time may have meant; `handlers.durations` understands each of them."""


def number_readings(digits: str) -> tuple[str, ...]:
    """What a number alone may mean: hours, minutes, a time of day."""
    number = int(digits)
    if len(digits) > 2:
        hour, minute = divmod(number, 100)
        return (f"{number}m", *(clock_readings(hour, minute) if minute < 60 else ())) if number else ()
    as_hours = (f"{number}h",) if 0 < number <= 24 else ()
    as_minutes = (f"{number}m",) if number else ()
    return (*as_hours, *as_minutes, *clock_readings(number, 0))


def clock_readings(hour: int, minute: int) -> tuple[str, ...]:
    """The times of day that a clock time may mean: both halves for the hours 1 to 12, none beyond 23."""
    if hour > 23:
        return ()
    if hour == 0 or hour > 12:
        return (f"until {hour:02}:{minute:02}",)
    return tuple(f"until {hour}:{minute:02}{half}" for half in ("am", "pm"))


def span_readings(hours: int, minutes: int) -> tuple[str, ...]:
    """A duration written plainly; nothing for none."""
    parts = [f"{hours}h"] * bool(hours) + [f"{minutes}m"] * bool(minutes)
    return (" ".join(parts),) if parts else ()
