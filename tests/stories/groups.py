"""Groups as they stand at Signal."""

from typing import Any

from tests.stories.dialog import Scene


async def seen(scene: Scene, group: str) -> dict[str, Any]:
    """The group as it stands at Signal."""
    return await scene.night.stand_in.group(group)
