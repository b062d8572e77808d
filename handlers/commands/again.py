"""`/again`: a buddy gets the open alert once more, whole (SPEC: Commands)."""

from bot.use_cases.alerting import send_alert
from bot.use_cases.scene import Scene
from handlers.call import Call
from handlers.command import Command
from handlers.open_alerts import the_open_alert
from handlers.parsing import Written
from handlers.situation import Situation


def _read(written: Written, _: Situation) -> str:
    return written.arguments


def _carry_out(call: Call, name: str) -> bool:
    alert = the_open_alert(call, name, "again", "again.nothing_open")
    scene = Scene(call.records, alert.check_in, alert.check_in, call.now, call.timing)
    send_alert(scene, alert.watch, whole=True)
    return False


COMMAND = Command("again", "/again", _read, _carry_out)
