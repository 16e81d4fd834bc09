"""What each thing that somebody did comes to: committed by the reception, then put in line.

Called by `bot.answering`, one at a time within a chat. Everything here may be done again for the
same update: the reception takes it once.
"""

from bot import keyboards, texts
from bot.buttons import AskToStop, ByPlace, Page, resolved
from bot.chats import Chat, Chats, LastWords
from bot.files import Fetcher
from bot.options import page_of
from bot.ports import Reception
from bot.reading import Blocked, Came, Edited, InGroup, SentFile, Unreadable
from bot.recent import Recent
from bot.rendering import Message, rendered, told
from bot.sending import Outgoing, Sender
from flows.events import AnswerRefused, Asked, Prompt, Reviewed
from flows.moves import Attach, Back, Move, Repeat, Stop, Toggle, Write
from flows.values import Scan, StoredFile, Text
from intake.arrivals import Arrival, Channel, Request
from intake.screens import Ended, Reply
from intake.words import CANNOT_KEEP_NOW, HARMFUL_FILE
from locales.catalogue import catalogue
from locales.languages import best_language


class Replying:
    """From what came to what is said about it."""

    def __init__(
        self,
        *,
        reception: Reception,
        sender: Sender,
        fetcher: Fetcher,
        chats: Chats,
        form_address: str = "",
    ) -> None:
        """`form_address` is where the pages take over what was begun in a chat."""
        self._reception = reception
        self._sender = sender
        self._fetcher = fetcher
        self._chats = chats
        self._form_address = form_address
        self._answered = Recent()

    async def answer(self, came: Came) -> None:
        """Return once it is committed and the reply is in line."""
        chat = self._chats[came.chat]
        if came.message is not None:
            chat.note(came.message)
        chat.is_blocked = isinstance(came.deed, Blocked)
        await self._answer(came, chat)
        self._answered.add(came.update)

    def release(self, came: Came) -> None:
        """Let go of the button that was pressed."""
        if came.press is not None:
            self._sender.answer(came.chat, came.press)

    def apologise(self, came: Came) -> None:
        """It could not be kept: nothing was acknowledged, and the person is told to try again."""
        self._tell(came, Text(msgid=CANNOT_KEEP_NOW))

    async def _answer(self, came: Came, chat: Chat) -> None:
        match came.deed:
            case InGroup():
                self._tell(came, Text(msgid=texts.WRITE_ALONE), leaves=True)
            case Blocked():
                # Whoever blocks the bot mid-way wants nothing of it left, as with "stop" (W2).
                await self._receive(came, Stop())
            case Unreadable():
                self._tell(came, Text(msgid=texts.CANNOT_READ))
            case Edited(text=text):
                await self._correct(came, chat, text)
            case SentFile() as file:
                await self._attach(came, chat, file)
            case AskToStop(turn=turn):
                self._ask_to_stop(came, chat, turn)
            case Page(number=number):
                self._say(came, chat, await self._receive(came, Repeat()), page=number)
            case ByPlace() as press:
                await self._do(came, chat, await self._found(came, press))
            case None:
                await self._do(came, chat, Repeat())
            case wish:
                await self._do(came, chat, wish)

    async def _do(self, came: Came, chat: Chat, wish: Request | Move) -> None:
        path = chat.path
        reply = await self._receive(came, wish)
        self._say(came, chat, reply, page=_page(reply, wish))
        chat.last_words = None
        if isinstance(wish, Write) and came.press is None and came.message is not None:
            chat.last_words = LastWords(message=came.message, answered=path)

    async def _attach(self, came: Came, chat: Chat, file: SentFile) -> None:
        kept = await self._fetcher.fetch(file, str(came.chat))
        if not isinstance(kept, StoredFile):
            self._tell(came, kept)
            return
        reply = await self._receive(came, Attach(files=(kept,)))
        is_refused = any(isinstance(screen, AnswerRefused) for screen in reply.screens)
        if kept.scan is Scan.INFECTED and not is_refused:
            self._tell(came, Text(msgid=HARMFUL_FILE))
        if file.has_words and not is_refused:
            self._tell(came, Text(msgid=texts.WORDS_BESIDE_FILE))
        self._say(came, chat, reply, album="" if is_refused else file.album)

    async def _correct(self, came: Came, chat: Chat, text: str | None) -> None:
        """An edit of the words that were just answered answers that question again."""
        last = chat.last_words
        if text is None or last is None or last.message != came.message or not last.answered:
            self._tell(came, Text(msgid=texts.EDIT_CHANGES_NOTHING))
        elif last.answered == chat.path:
            # The words were refused, or only searched: the question is still there.
            self._say(came, chat, await self._receive(came, Write(text=text)))
        else:
            await self._correct_earlier(came, chat, text, last)

    async def _correct_earlier(self, came: Came, chat: Chat, text: str, last: LastWords) -> None:
        reply = await self._receive(came, Back())
        prompt = _prompt(reply)
        if prompt is not None and prompt.path == last.answered:
            reply = await self._receive(came, Write(text=text, turn=prompt.turn), is_first=False)
        else:
            self._tell(came, Text(msgid=texts.EDIT_CHANGES_NOTHING))
        self._say(came, chat, reply)

    def _ask_to_stop(self, came: Came, chat: Chat, turn: int) -> None:
        """One slip of the thumb must not delete everything; the word "stop" asks nothing."""
        keyboard = keyboards.for_stopping(turn, catalogue(self._language(came, chat)))
        message = Message(text="", keyboard=keyboard, is_same_text=True)
        self._sender.put(Outgoing(chat=came.chat, messages=(message,), pressed=came.message))

    async def _found(self, came: Came, press: ByPlace) -> Move:
        """The move of a button that carries a place only: the prompt has the names."""
        reply = await self._receive(came, Repeat(), is_first=False)
        move: Move | None = None
        for screen in reply.screens:
            match screen:
                case Asked(prompt=prompt) if prompt.turn == press.turn:
                    move = resolved(press, tuple(choice.name for choice in prompt.choices))
                case Reviewed(turn=turn, items=items) if turn == press.turn:
                    move = resolved(press, tuple(item.path for item in items))
        return move or Repeat()

    async def _receive(self, came: Came, wish: Request | Move, *, is_first: bool = True) -> Reply:
        """Commit it. An update that was committed but never answered, because the process ended
        between the two, is answered now with where the person stands."""
        reply = await self._reception.receive(_arrival(came, wish, is_first=is_first))
        if reply.is_repeat and came.update not in self._answered:
            return await self._reception.receive(_arrival(came, Repeat(), is_first=False))
        return reply

    def _say(self, came: Came, chat: Chat, reply: Reply, *, page: int = 0, album: str = "") -> None:
        if reply.is_repeat:
            return
        prompt = _prompt(reply)
        chat.path = "" if prompt is None else prompt.path
        chat.language = reply.language
        self._sender.put(
            Outgoing(
                chat=came.chat,
                messages=rendered(reply, page=page, form_address=self._form_address),
                pressed=came.message if came.press else None,
                dialogue=reply.dialogue,
                album=album,
                wipes=any(isinstance(screen, Ended) for screen in reply.screens),
            )
        )

    def _tell(self, came: Came, text: Text, *, leaves: bool = False) -> None:
        """Words of the bot's own; they leave the question that is being asked as it is."""
        message = told(text, self._language(came, self._chats[came.chat]))
        self._sender.put(Outgoing(chat=came.chat, messages=(message,), leaves=leaves))

    @staticmethod
    def _language(came: Came, chat: Chat) -> str:
        return chat.language or best_language((came.language,))


def _prompt(reply: Reply) -> Prompt | None:
    return next((s.prompt for s in reversed(reply.screens) if isinstance(s, Asked)), None)


def _page(reply: Reply, wish: Request | Move) -> int:
    """A toggled choice keeps the person on its page."""
    prompt = _prompt(reply)
    return page_of(prompt, wish.name) if prompt and isinstance(wish, Toggle) else 0


def _arrival(came: Came, wish: Request | Move, *, is_first: bool) -> Arrival:
    """`is_first` is False for what one update does besides: only the first is counted."""
    return Arrival(
        channel=Channel.TELEGRAM,
        correspondent=str(came.chat),
        wish=wish,
        update=f"telegram:{came.update}" if is_first else None,
        languages=(came.language,) if came.language else (),
    )
