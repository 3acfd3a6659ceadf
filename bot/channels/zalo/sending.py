"""Cards that are owed to somebody, by Zalo: what the dispatcher's door does here."""

from bot.channels.text_menu import notice_shown, pieces
from bot.channels.zalo.api import ZaloBot
from bot.channels.zalo.words import FILE_ON_PAGE, FILE_STAYS
from bot.core.card import Card
from bot.core.clock import Clock
from bot.core.work import Work
from storage import conversations
from storage.addresses import ZALO, Address


class ZaloSender:
    """Sends one card to one chat. Of a file that goes with it only is said that there is one."""

    def __init__(self, bot: ZaloBot, work: Work, clock: Clock, web: str = "") -> None:
        self._bot, self._work, self._clock, self._web = bot, work, clock, web

    async def send(self, mailbox: str, card: Card, lane: int) -> None:
        """Raises NotSent. The card's numbers are kept before it goes out."""
        vault, today = self._work.vault, self._clock.now().date()
        async with self._work.store.write() as session:
            address = Address(ZALO, mailbox)
            conversation = await conversations.load(session, vault, address, lock=True)
            text, conversation = notice_shown(card, conversation)
            await conversations.save_notices(session, vault, conversation, today)
        if card.file:
            text += "\n\n" + (FILE_ON_PAGE.format(page=self._web) if self._web else FILE_STAYS)
        for piece in pieces(text):
            await self._bot.send(mailbox, piece)
