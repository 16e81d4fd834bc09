"""What the bot itself says, in English; the catalogues have the rest.

Refusals of the engine, the menu's labels and what is said around a conversation are in
`intake.words`. `N_` marks a text for extraction. Short, plain, kind.
"""

from collections.abc import Mapping

from flows.definition import Kind
from locales.marking import N_, N_plural

# On buttons. Icons stand before them, in `bot.keyboards`.
BACK = N_("Back")
SKIP = N_("Skip")
DONE = N_("Done")
SEND = N_("Send")
STOP = N_("Stop")
LANGUAGE = N_("Language")
MORE = N_("More")
EARLIER = N_("Earlier")
UNDERSTOOD = N_("OK")
STOP_AND_DELETE = N_("Stop and delete")
GO_ON = N_("Go on")
MENU = N_("Menu")

PROGRESS = N_("Question ${n} of ${total}")

# How to answer each kind of question that is not answered by a button alone.
HOW_TO: Mapping[Kind, str] = {
    Kind.SELECT_MULTIPLE: N_("You can choose more than one. Then press Done."),
    Kind.RANK: N_("Press them in order, the most important first. Then press Done."),
    Kind.DATE: N_("Type the date like this: 2026-03-31"),
    Kind.TIME: N_("Type the time like this: 14:30"),
    Kind.DATETIME: N_("Type the date and the time like this: 2026-03-31 14:30"),
    Kind.INTEGER: N_("Type a number."),
    Kind.DECIMAL: N_("Type a number."),
    Kind.IMAGE: N_("Send a photo. You can send more than one. Then press Done."),
    Kind.AUDIO: N_("Hold the microphone and speak. Then press Done."),
    Kind.FILE: N_("Send a file or a photo. Then press Done."),
    Kind.GEOPOINT: N_("Press the paper clip and choose Location, or type the two numbers."),
}
SEARCH_HOW_TO = N_("Type a part of the name")
FILES_SO_FAR = N_("Received so far: ${files}")
ANSWER_BEFORE = N_("Your answer was: ${answer}")

REVIEW = N_("Please read this once more. To change an answer, press its number.")
NO_ANSWER = N_("No answer")
PAGE = N_("Page ${n} of ${total}")

RECEIPT = N_("It is safely kept. This is your receipt:")
RECEIPT_KEEP = N_(
    "Write it on paper and keep it safe. With it you can read the answer and write back. Nobody "
    "can find it for you again."
)
RECEIPT_DELETE = N_("When you have written it down, you can delete this chat.")
HELPER_RECEIPT = N_("This is the receipt for your helper:")
HELPER_RECEIPT_GIVE = N_(
    "Give it to them on paper or tell them. It is shown only now. When they have it, delete this "
    "message."
)
PROMISE = N_("${what}: by ${day}")
# translators: a promised day that has passed without it being done.
PROMISE_MISSED = N_("${what}: it should have been by ${day}. It is late, and we are sorry.")
SUMMARY_FOR_COMPANY = N_("What the company would read")
EXTRACT_HEARD = N_("What the people you complain about would hear")
HELP_NOW = N_("Where to find help now")

CASE_SINCE = N_("We have had it since ${day}.")
LETTER_MINE = N_("${day} – from you:")
LETTER_REPORTERS = N_("${day} – from the person who reported:")
LETTER_THEIRS = N_("${day} – from the handler:")
LETTER_FILES = N_plural("With ${n} file", "With ${n} files")
NO_LETTERS = N_("There are no messages yet. You will get an answer by the day above.")

ROUND_FROM = N_("${organisation} asks you to take part.")
ROUND_RUN_BY = N_("It is run by ${organiser}.")
ROUND_SITES = N_("It is about: ${sites}")
ROUND_PURPOSE = N_("What it is for")
ROUND_INFLUENCE = N_("How much you can change")
ROUND_USE = N_("What your answers are used for")
ROUND_DECISIONS = N_("How it is decided")
ROUND_EXPECTED = N_("What is asked of you")
ROUND_NEXT = N_("What comes after")
ROUND_STEP = N_("${what} (${who}, by ${day})")
ROUND_CLOSES = N_("You can answer until ${day}.")
ROUND_FEEDBACK = N_(
    "You will be told what came of it by ${day}, also when nothing will be done, and why."
)
ROUND_FREE = N_("You are free to take part or not, and you can leave at any time.")
RATING_KEPT = N_("Thank you. Your answers are kept. You can change them until ${day}.")
LETTER_KEPT = N_("Your message is sent. Look for the answer with your receipt.")

MOVE_TO_WEB = N_(
    "Open this link on any phone or computer, and go on there where you are now. What you wrote in "
    "this chat stays in it until you delete it."
)
MOVE_CODE = N_("If the link does not open it, type this code there:")
MOVE_ONCE = N_(
    "It works once, for ${minutes} minutes. Do not show it to anybody. It is not a receipt."
)
MOVE_SO_FAR = N_("Until then you can go on here.")

HOW_TO_DELETE = N_(
    "The bot has deleted here what it could. To delete the rest: open the menu of this chat (⋮), "
    "choose Delete chat, and also delete it for the bot. Copies may be left in backups of your "
    "phone. Telegram still knows that you wrote to this bot."
)

WRITE_ALONE = N_("I do not answer in groups, for your safety. Please write to me alone.")
CANNOT_READ = N_(
    "I cannot use that. I understand words, voice messages, photos, videos, files and places."
)
EDIT_CHANGES_NOTHING = N_(
    "Changing an old message here does not change what you answered. Use Back, or change it when "
    "you read everything at the end."
)
WORDS_BESIDE_FILE = N_(
    "The file is here. The words that came with it are not kept. Please send them again as a "
    "message of their own, when we ask for words."
)
FILE_TOO_LARGE = N_("This file is too large for Telegram's bots. The most is ${megabytes} MB.")
FILE_NOT_FETCHED = N_("We could not get this file from Telegram. Please send it again.")

# The word that stops, when it is all that a message says.
WORD_STOP = N_("stop")

# How the bot introduces itself in Telegram's own screens: nothing here says what it is about
# (W1), because anyone who holds the phone reads it.
COMMAND_MENU = N_("What you can do here")
COMMAND_LANGUAGE = N_("Choose a language")
COMMAND_RECEIPT = N_("I have a number")
COMMAND_HELP = N_("How this works")
COMMAND_STOP = N_("Stop and delete")
SHORT_DESCRIPTION = N_("Questions and answers.")
DESCRIPTION = N_("Press Start. You can choose your language.")
