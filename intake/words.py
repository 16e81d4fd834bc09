"""What is said to people around a conversation, in English; the catalogues have the rest.

Short, plain, kind, at the reading level of a twelve-year-old. `N_` marks a text for extraction.
"""

from collections.abc import Mapping

from flows.events import Reason
from intake.screens import MenuItem
from locales.catalogue import N_
from register.transitions import MoveReason

HELLO = N_(
    "Hello. Here you can tell what goes wrong at work or near a work site. You do not have to "
    "give your name. The company cannot read what you write."
)
CHOOSE_LANGUAGE = N_("Which language do you want to use?")
MENU = N_("What would you like to do?")
MENU_WITH_DRAFT = N_(
    "You began something here and have not sent it yet. What would you like to do?"
)
RECEIPT_WANTED = N_("Please type the number on your receipt. It has 17 digits.")
NO_SUCH_RECEIPT = N_(
    "We found nothing with this receipt. Please look at each digit and try again. If you lost "
    "the receipt, nobody can find the report again. You can send a new one."
)
RECEIPT_DIGIT_WRONG = N_("One of the digits seems wrong. Please look at them again.")
RECEIPT_TOO_SHORT = N_("That is too short. A receipt has 17 digits.")
RECEIPT_TOO_LONG = N_("That is too long. A receipt has 17 digits.")
RECEIPT_NOT_DIGITS = N_("A receipt has only digits. Please type its 17 digits.")
TOO_MANY_TRIES = N_(
    "Many people are trying receipts just now. Please wait a minute, then try again. Nothing is "
    "lost."
)
UNKNOWN_SITE_LINK = N_("We do not know the place in this link. You can look for it by its name.")
DRAFT_IS_GONE = N_(
    "That conversation is over, or it was not finished in time. Its answers are gone. You can "
    "start again."
)
STOPPED = N_("Stopped. What you had not sent is gone.")
CLEARING_MEANS = N_(
    "Delete what I can in this chat? What you sent stays with us. A receipt opens it, and nobody "
    "can find that again: first write it down. I can delete only messages of the last two days."
)
CLEARING_A_DRAFT_MEANS = N_(
    "Delete what I can in this chat? Your unfinished answers are deleted as well. What you sent "
    "before stays with us. I can delete only messages of the last two days."
)
CHAT_IS_CLEAR = N_("Done. What you sent stays with us.")
NOTHING_TO_STOP = N_("There is nothing to stop. Nothing of you is kept here.")
FIRST_FINISH = N_("Please first send or stop what you began.")
INVITATION_UNKNOWN = N_(
    "This invitation is not known. Please look at the link again, or ask who sent it."
)
INVITATION_LAPSED = N_("This invitation has ended. Please ask who sent it.")
INVITATION_WITHDRAWN = N_("This invitation was taken back. Please ask who sent it.")
ROUND_CLOSED = N_(
    "This round is closed. You can no longer answer, but you will be told what came of it."
)
ROUND_NOT_YET_OPEN = N_("This round has not begun yet. Please come back later.")
ROUND_CALLED_OFF = N_("This round was called off. You will be told why.")
LEFT_ROUND_EARLIER = N_("You left this round. Please ask who invited you if you changed your mind.")
LEFT_ROUND = N_("You no longer take part. The answers that you gave are deleted.")
HARMFUL_FILE = N_(
    "A scanner says that this file may harm a computer. We keep it locked, and whoever reads your "
    "report is warned. If you can, send a photo of it as well."
)
"""Said to who sent an infected file. It is kept: it may be proof, and scanners err."""
CANNOT_KEEP_NOW = N_(
    "We could not keep your last answer. Nothing else is lost. Please send it again in a few "
    "minutes."
)
MENU_MOVED_ON = N_("What you began here went on elsewhere. What would you like to do here?")
MOVED_HERE = N_("Here you are. You can go on now. It is no longer where you began it.")
NOTHING_TO_MOVE = N_("There is nothing unfinished here that could go on elsewhere.")
CODE_DOES_NOT_WORK = N_(
    "This code does not work. It may have been used already, or be older than 30 minutes. Ask for "
    "a new one where you began."
)
CODE_IS_FOR_ELSEWHERE = N_("You are already here: this code is for going on somewhere else.")
TOO_MANY_CODES = N_(
    "Many people are trying codes just now. Please wait a minute, then try again. Nothing is lost."
)
FIRST_THE_RECEIPT = N_("First write down this receipt, please. After that you can go on.")
TWO_DRAFTS = N_(
    "You began something here as well, and only one of the two can go on here. Which one do you "
    "want to keep here?"
)
KEPT_HERE = N_("It goes on here. The other one is still where you began it.")
OPEN_CASE_FIRST = N_("Please first show your receipt.")
DANGER_HELP = N_(
    "If you or others are in danger now, go to a safe place first. Call the emergency number of "
    "your country if that is safe."
)
# translators: Where to find help now: what it is called, and its number or how to reach it.
REFERRAL = N_("${name}: ${reach}")
CHILD_HELP = N_("A person will look at this first. You do not have to answer more questions.")

ABOUT = (
    N_(
        "Your words are locked as soon as you send them. Only the independent people who handle "
        "your report have the key. We call them handlers."
    ),
    N_(
        "The company never has the key. It sees only numbers, and only when enough people reported."
    ),
    N_(
        "We do not keep your address, your phone number or your name, unless you write it in "
        "an answer."
    ),
    N_(
        "Telegram knows that you wrote to this bot. The web form in a private browser is the "
        "safer way."
    ),
    N_("What is on your phone stays there. You can delete this chat, also from your backups."),
    N_("A story that only one person can know may be recognised, however well it is locked."),
    N_("You keep every right to go to a court, a union or the police."),
)

PROMISE_ACKNOWLEDGED = N_("You will see that somebody has read it")
PROMISE_FEEDBACK = N_("You will hear what was found and what will be done")

STATUS_RECEIVED = N_("We have your report. Somebody will read it soon.")
STATUS_ACKNOWLEDGED = N_("A handler has read your report.")
STATUS_ASSESSING = N_("A handler looks at what can be done.")
STATUS_NOT_ADMISSIBLE = N_("We cannot handle this report. The handler tells you why.")
STATUS_REFERRED = N_("Others can help better with this. The handler tells you who.")
STATUS_INVESTIGATING = N_("A handler is finding out what happened.")
STATUS_FOUNDED = N_("The handler found that you are right.")
STATUS_PARTLY_FOUNDED = N_("The handler found that you are right in part.")
STATUS_UNFOUNDED = N_("The handler could not find that it is so. You can ask others to look again.")
STATUS_REMEDY_AGREED = N_("It was agreed how this will be put right.")
STATUS_REMEDYING = N_("This is being put right now.")
STATUS_APPEALED = N_("Other handlers look at your report again.")
STATUS_CLOSED = N_("This report is closed. You can still write to us.")

CASE_CHANGED = N_(
    "Something changed with your report meanwhile, so this cannot be done now. This is what you "
    "can do."
)
HELPER_MEANS = N_(
    "A helper you trust, such as a union or an organisation for workers, can follow along with a "
    "receipt of their own. They see where your report stands, and new messages. They do not see "
    "what you told before. They cannot write, and they decide nothing. You can end it at any time."
)
HELPERS_TAKEN_BACK = N_("Your helper can no longer follow along.")
HELPER_FOLLOWS = N_(
    "You follow along as a helper. You see where the report stands, and the messages since you "
    "were let in. Only the person who reported can write and decide."
)
HELPER_DECIDES_NOTHING = N_(
    "This is a helper's receipt. It cannot decide anything. Only the person who reported can."
)
APPEAL_MEANS = N_(
    "Other people, who had no part in the decision, will look at your report again. Please type "
    "your receipt once more: with it, your words are locked anew, for them alone."
)
APPEAL_KEPT = N_(
    "Your appeal is kept. Other handlers have your report now, and those who decided can no longer "
    "open it. If you had told who you are, the new handlers do not know it: tell them only if you "
    "wish."
)
APPEAL_WAITS = N_(
    "Your appeal is kept. Nobody is free to look at it right now; those who run this are told."
)
RETALIATION_HEARD = N_(
    "We are sorry. Nobody may punish you for speaking. What you send now is looked at first."
)
WITHDRAWING_MEANS = N_(
    "If you withdraw your report, nothing more is done about it, and it is closed. What you told "
    "stays locked until it is erased. You can write to us again at any time. Do you want that?"
)
LEFT_AS_IT_IS = N_("Good. Nothing has changed.")
WITHDRAWN = N_("Your report is withdrawn and closed. You can still write to us.")
# Said to the reporter where the report is kept longer than usual; ${day} is the last day of it.
KEPT_FOR_COURT = N_(
    "A court is dealing with this. So your report is kept longer than usual, until ${day}."
)
KEPT_FOR_AUTHORITY = N_(
    "An authority has asked us to keep this. So your report is kept longer than usual, until "
    "${day}."
)
KEPT_FOR_APPEAL = N_(
    "Somebody outside is looking at how this was handled. So your report is kept longer than "
    "usual, until ${day}."
)
KEPT_WITH_YOU = N_("If you told us who you are, that is kept as well, locked as before.")
KEPT_WITHOUT_YOU = N_("If you told us who you are, that is still erased on the usual day.")
REPORT_ERASED = N_(
    "Your report has been erased, because its time was over. So this message was not sent. You can "
    "send a new report at any time."
)
JUDGEMENT_KEPT = N_("Thank you. The handlers see what you said, and it counts.")
TREATMENT_KEPT = N_("Thank you. It helps us to do better.")
DECIDING_NEEDS_RECEIPT = N_(
    "Please type your receipt once more: only with it can we show you the words again. Nothing is "
    "decided until you press Send at the end."
)
SUMMARY_APPROVED = N_(
    "You said yes. The company may read the words that you just saw, and nothing else."
)
SUMMARY_DECLINED = N_("You said no. The company does not see this. A handler may write it anew.")
SUMMARY_CHANGED = N_(
    "These words are no longer as you saw them. So what you answered here was not kept. This is "
    "what you can do now."
)
SUMMARY_DECIDED_ELSEWHERE = N_(
    "This was answered in another place already, with your receipt. That answer counts. What you "
    "answered here was not kept."
)
SUMMARY_GONE = N_(
    "These words have been erased meanwhile, because their time was over. What you answered here "
    "was not kept."
)
SUMMARY_TAKEN_BACK = N_(
    "You took your yes back. The company can no longer read these words here. What somebody has "
    "read cannot be unread."
)
EXTRACT_ASKED = N_(
    "The handler wants to say these words to the people you complain about, and hear their side. "
    "Somebody there may guess who spoke, also without a name. Nothing is said before you say yes."
)
EXTRACT_WAITS = N_(
    "You said yes: the handler may say these words to the people you complain about. Until it is "
    "said, you can still stop it."
)
EXTRACT_IS_TOLD = N_("The handler has said these words to the people you complain about.")
EXTRACT_AGREED = N_(
    "You said yes. The handler may say these words, and nothing else of what you told."
)
EXTRACT_DECLINED = N_(
    "You said no. These words are not said to anybody. A handler may write them anew and ask you "
    "again."
)
EXTRACT_TAKEN_BACK = N_(
    "You stopped it. These words are not said to the people you complain about."
)
FORGOTTEN = N_(
    "What you told us about who you are is erased here. A handler may have read it before."
)
FILE_NOT_NOW = N_(
    "This file was not kept: we can take one only when we ask for it. Choose below what you want "
    "to do, and we ask you."
)
SUMMARY_OFFERED = N_(
    "The company would read these words, and nothing else. Somebody there may guess who spoke, "
    "also without a name. Only say yes if that is all right for you."
)
SUMMARY_IS_SHARED = N_("The company can read these words. You can take your yes back.")
SUMMARY_WAITS = N_("You said yes to these words. The company will be able to read them soon.")

DECISION_WHY: Mapping[MoveReason, str] = {
    MoveReason.OUT_OF_SCOPE: N_("Because it is about something that we do not handle here."),
    MoveReason.NO_HARM_DESCRIBED: N_("Because it does not tell of something that does harm."),
    MoveReason.HANDLED_BEFORE: N_("Because the same was handled before."),
    MoveReason.TO_AUTHORITIES: N_("The authorities can do more here than we can."),
    MoveReason.TO_EMERGENCY_HELP: N_("Emergency help can do more here than we can."),
    MoveReason.TO_UNION: N_("A union can do more here than we can."),
    MoveReason.TO_LOCAL_MECHANISM: N_("The way to complain at the site can help here."),
    MoveReason.TO_OTHER_MECHANISM: N_("Another way to complain can help here."),
    MoveReason.FACTS_ESTABLISHED: N_("We found that it happened."),
    MoveReason.FACTS_PARTLY_ESTABLISHED: N_("We found that part of it happened."),
    MoveReason.FACTS_NOT_ESTABLISHED: N_("We could not find out whether it happened."),
    MoveReason.FACTS_REFUTED: N_("What we found is otherwise than it was told."),
}
"""Why it was decided so; the handler's letter says more."""
CAN_APPEAL = N_("If you do not agree, you can ask others to look again. You can do that here.")
COURTS_STAY_OPEN = N_("You keep every right to go to a court, a union or the police.")

REFUSALS: Mapping[Reason, str] = {
    Reason.REQUIRED: N_("We need an answer here to go on."),
    Reason.CONSTRAINT: N_("That answer does not fit here. Please try another."),
    Reason.WRONG_KIND: N_("We cannot use that here. Please answer the question below."),
    Reason.NOT_A_NUMBER: N_("Please type a number, for example 12."),
    Reason.NOT_A_WHOLE_NUMBER: N_("Please type a whole number, for example 12."),
    Reason.NOT_A_DATE: N_("Please type a date: year, month, day. For example 2026-03-31."),
    Reason.NOT_A_TIME: N_("Please type a time, for example 14:30."),
    Reason.NOT_A_PLACE: N_("Please send a place, or type its two numbers."),
    Reason.OUT_OF_RANGE: N_("That number is too low or too high here."),
    Reason.UNKNOWN_CHOICE: N_("That is not one of the choices. Please pick one of them."),
    Reason.NOTHING_FOUND: N_(
        "We found nothing with that name. Please try a shorter or other name."
    ),
    Reason.TOO_LONG: N_("That is too long. Please make it shorter, or send it in parts."),
    Reason.TOO_MANY_FILES: N_("Those are more files than we can take here."),
    Reason.OUT_OF_TURN: N_(
        "That button belongs to an earlier question. This is where you are now."
    ),
    Reason.NOTHING_BEFORE: N_("This is the first question; there is nothing before it."),
    Reason.NOT_NOW: N_("That cannot be done at this point."),
}

MENU_LABELS: Mapping[MenuItem, str] = {
    MenuItem.REPORT: N_("Tell what goes wrong"),
    MenuItem.RESUME: N_("Go on where I was"),
    MenuItem.RECEIPT: N_("I have a receipt"),
    MenuItem.WRITE_BACK: N_("Write to the handler"),
    MenuItem.TAKE_PART: N_("Begin"),
    MenuItem.LEAVE_ROUND: N_("I do not want to take part"),
    MenuItem.LANGUAGE: N_("Language"),
    MenuItem.ABOUT: N_("Who reads this?"),
    MenuItem.DECIDE_SUMMARY: N_("Say what the company may read"),
    MenuItem.TAKE_BACK_SUMMARY: N_("Take my yes back"),
    MenuItem.AGREE_EXTRACT: N_("Yes, this may be said"),
    MenuItem.DECLINE_EXTRACT: N_("No, this may not be said"),
    MenuItem.TAKE_BACK_EXTRACT: N_("Stop: this may not be said"),
    MenuItem.TELL_RETALIATION: N_("I was threatened or punished"),
    MenuItem.SAY_PUT_RIGHT: N_("It was put right"),
    MenuItem.SAY_PARTLY: N_("It was put right in part"),
    MenuItem.SAY_NOT_PUT_RIGHT: N_("It was not put right"),
    MenuItem.SAY_TREATED_WELL: N_("I was treated well here"),
    MenuItem.SAY_TREATED_BADLY: N_("I was not treated well here"),
    MenuItem.APPEAL: N_("I do not agree: others should look again"),
    MenuItem.ADD_HELPER: N_("Let a helper follow along"),
    MenuItem.MAKE_HELPER_RECEIPT: N_("Make a receipt for my helper"),
    MenuItem.TAKE_BACK_HELPERS: N_("My helper should no longer follow along"),
    MenuItem.CHANGE_ANONYMITY: N_("Change who may know who I am"),
    MenuItem.WITHDRAW: N_("Withdraw my report"),
    MenuItem.WITHDRAW_NOW: N_("Yes, withdraw it"),
    MenuItem.LEAVE_AS_IT_IS: N_("No, go back"),
    MenuItem.CLEAR_CHAT: N_("Delete this chat"),
    MenuItem.CLEAR_NOW: N_("Yes, delete it"),
    MenuItem.KEEP_CHAT: N_("No, go back"),
    MenuItem.MOVE_TO_WEB: N_("Go on in the web form"),
    MenuItem.MOVE_TO_CHAT: N_("Go on in the chat"),
    MenuItem.TAKE_MOVED: N_("The one from elsewhere. Delete what I began here"),
    MenuItem.KEEP_HERE: N_("The one that I began here"),
}
