"""`/again`: a buddy gets the open alert, or the open alarm's, once more, whole (SPEC: Commands)."""

from bot.domain.alarm import alarm_watch
from bot.use_cases.alarm_alerting import send_alarm_alert
from bot.use_cases.alarm_new_phones import holds_back, keep_held_back
from bot.use_cases.alarm_scene import AlarmScene, copy_of
from bot.use_cases.alerting import send_alert
from bot.use_cases.facts_about import held_back_now
from bot.use_cases.scene import Scene
from handlers.call import Call
from handlers.command import Command
from handlers.open_alerts import OpenAlarm, the_open_one
from handlers.parsing import Written
from handlers.situation import Situation


def _read(written: Written, _: Situation) -> str:
    return written.arguments


def _carry_out(call: Call, name: str) -> bool:
    one = the_open_one(call, name, "again", "again.nothing_open")
    if isinstance(one, OpenAlarm):
        _alarm_again(call, one)
    else:
        scene_of = Scene(call.records, one.check_in, one.check_in, call.now, call.timing)
        watch = held_back_now(call.records, one.check_in, one.watch, call.now, call.timing)
        send_alert(scene_of, watch, whole=not watch.held_back)
    return False


def _alarm_again(call: Call, one: OpenAlarm) -> None:
    held_back = holds_back(call.records, one.alarm, one.watch, call.present, call.timing)
    noted = {one.watch.buddy_id: held_back}
    alarm = keep_held_back(call.records, one.alarm, noted, call.present, call.timing)
    scene = AlarmScene(call.records, one.alarm, alarm, copy_of(call.records, one.alarm), call.present, call.timing)
    watch = alarm_watch(alarm, one.watch.buddy_id)
    assert watch is not None
    send_alarm_alert(scene, watch, whole=not held_back)


COMMAND = Command("again", "/again", _read, _carry_out, from_new_phone=True)
