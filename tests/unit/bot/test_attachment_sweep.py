"""What nobody took from signal-cli's folder is swept, and nothing that is still needed."""

import io

from bot.attachment_sweep import TAKEN_WITHIN, AttachmentSweep
from bot.inbox import attachment_ids_in
from bot.log import Log
from bot.practice.stand_in_attachments import AttachmentShelf
from bot.practice.stand_in_content import Attachment as Sent
from bot.practice.virtual_time import VirtualClock
from bot.transport.incoming import Attachment, PersonMessage, to_stored
from storage.leases import Lease
from storage.records import Records
from storage.unit_of_work import Store
from tests.virtual import HOUR, MINUTE


async def test_the_sweep_leaves_what_a_waiting_message_needs(store: Store, clock: VirtualClock) -> None:
    shelf = AttachmentShelf(clock)
    needed, handled, nobodys = (shelf.put(Sent("image/jpeg", "a.jpg", bytes([n]))) for n in range(3))
    now = clock.now()

    def messages_come(records: Records) -> None:
        for number, file_id in enumerate((needed, handled)):
            message = PersonMessage("ana", number, None, None, "", (Attachment(file_id, "image/jpeg", "a.jpg", 1),))
            lease = Lease("me", now + HOUR)
            row_id = records.inbox.add("bot", "ana", number, now, now, to_stored(message), lease)
            if file_id == handled:
                records.inbox.finish(str(row_id), changed=False)

    await store.run(messages_come)
    sweep = AttachmentSweep(store, shelf, clock, Log(clock, io.StringIO()), attachment_ids_in)
    await sweep.run()
    assert shelf.ids == [needed, handled, nobodys]
    clock.step((TAKEN_WITHIN + MINUTE).total_seconds())
    await sweep.run()
    assert shelf.ids == [needed]
