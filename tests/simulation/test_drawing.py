"""What is drawn: over many seeds everything that people do, and everything that goes wrong."""

from collections import Counter

from bot.simulation.drawing import draw

NIGHTS = 400


def test_everything_happens_in_some_night() -> None:
    plans = [draw(seed) for seed in range(NIGHTS)]
    done = Counter(deed.what for plan in plans for deed in plan.deeds)
    assert set(done) == {
        *("write", "photo", "edit", "react", "join"),
        *("phone off", "phone on", "confirm nothing", "reinstall", "leave", "unregister", "register"),
    }
    written = Counter(deed.text.split()[0] for plan in plans for deed in plan.deeds if deed.what == "write")
    for command in (
        "/start",
        "/note",
        "/extend",
        "/safe",
        "/sos",
        "/resolve",
        "/reopen",
        "/drill",
        "/accept",
        "/order",
    ):
        assert written[command] > 0, command


def test_what_happens_can_happen() -> None:
    for plan in (draw(seed) for seed in range(NIGHTS)):
        assert all(0 < deed.at < plan.length for deed in plan.deeds)
        assert list(plan.deeds) == sorted(plan.deeds)
        for deed in plan.deeds:
            assert deed.what != "join" or deed.text != deed.who, "nobody answers her own invitation"
