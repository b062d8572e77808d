"""A night in which people write everything they can, and everything goes wrong; with names and words of its own."""

from tests.stories.dialog import Scene, Someone

WORD = "quokka marmalade"
NEW_WORD = "velvet hacksaw"
WRONG = "tungsten bagpipe"
DETAILS = "Zwiebelturm Suite 77"
TALK = "Fischbrötchen und Kaffee"
CANARIES = ("Xanthippe", "Borgward", "quokka", "marmalade", "velvet", "hacksaw", "tungsten", "bagpipe", "Zwiebelturm")
MORE_CANARIES = ("Suite 77", "Fischbr", "Kaffee", "Atlantis", "+1415555", "Casablanca")


async def a_night_with_everything(ana: Someone, bo: Someone, dee: Someone, scene: Scene) -> list[str]:
    """Everything that people write, and everything that goes wrong. Returns further canaries."""
    await dee.says(TALK)
    await scene.let_in(ana)
    for message in ("/name Xanthippe", f"/words {WORD}", "/tz Africa/Casablanca", "/tz Atlantis/Kaffee", "/invite"):
        await ana.says(message)
    await scene.passes(seconds=2)
    code = next(text for text in ana.unread() if "/join " in text).split("/join ")[1]
    for message in (f"/join {code}", "/name Borgward", "/accept"):
        await bo.says(message)
    await scene.passes(seconds=2)
    for message in (f"/confirm Borgward {WRONG}", "/confirm Atlantis", f"/confirm Borgward {WORD}"):
        await ana.says(message)
    await scene.passes(seconds=3)
    group = ana.usual_group = bo.usual_group = await scene.group_of(ana, bo)
    for message in (f"/start 5m\n{DETAILS}", f"/safe {WRONG}", TALK, f"/extend {WRONG}", "/safe Atlantis", "/Kaffee"):
        await ana.says(message)
        await ana.says_in_group(message)
    sent = await ana.says(TALK)
    await ana.edits(sent, f"{TALK} {WRONG}")
    await ana.phone.send(TALK, attachments=[("Zwiebelturm.jpg", "image/jpeg", b"x")])
    await scene.passes(minutes=11)
    await bo.says("on it")
    await bo.says(TALK)
    await scene.night.stand_in.kill_signal_cli()
    await scene.passes(seconds=20)
    await scene.night.stand_in.start_signal_cli()
    scene.night.stand_in.faults.refuse("send", message=f"Failed for {bo.phone.number} {TALK}", times=3)
    await bo.says(f"/resolve Xanthippe {TALK}")
    await bo.says("/resolve Atlantis")
    await scene.passes(minutes=1)
    await scene.restarts()
    await bo.phone.unregister()
    await scene.passes(minutes=20)
    await bo.phone.register()
    for message in (WRONG, WORD, f"/words {WORD} > {NEW_WORD}", f"/unpair Borgward {NEW_WORD}", "/status"):
        await ana.says(message)
    await scene.passes(seconds=20)
    await dee.says(f"/join {code}")
    await scene.passes(seconds=5)
    accounts = [someone.phone.aci for someone in (ana, bo, dee)]
    return [group, code, "Dee", *accounts]
