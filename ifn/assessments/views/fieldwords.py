"""Every word of the page for the field, which the browser keeps, and why things are refused.

``{n}`` and the like are filled in by the page itself.
"""

from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy

WORDS: Final[dict[str, Promise]] = {
    "app": gettext_lazy("Assessments in the field"),
    "short": gettext_lazy("In the field"),
    "lead": gettext_lazy("Fill in assessments without signal; they are sent when there is signal."),
    "status": gettext_lazy("What waits to be sent"),
    "unsent": gettext_lazy("Not sent: {n}"),
    "allSent": gettext_lazy("Everything is sent"),
    "online": gettext_lazy("Signal"),
    "ready": gettext_lazy("Ready to be used without signal"),
    "preparing": gettext_lazy(
        "Getting ready to be used without signal. Wait a moment before you leave."
    ),
    "offline": gettext_lazy("No signal"),
    "sendNow": gettext_lazy("Send now"),
    "sending": gettext_lazy("Sending …"),
    "noAnswerYet": gettext_lazy(
        "Not sent: the network does not answer yet. Everything stays on this phone, and it "
        "tries again by itself."
    ),
    "back": gettext_lazy("Back"),
    "mine": gettext_lazy("On this phone"),
    "firms": gettext_lazy("Firms"),
    "search": gettext_lazy("Name, number or place"),
    "region": gettext_lazy("Region to take along"),
    "everywhere": gettext_lazy("Every region"),
    "noFirm": gettext_lazy(
        "No firm on this phone fits. Look at the spelling, or bring the list again where "
        "there is signal."
    ),
    "noFirms": gettext_lazy("There is no firm here that you may assess."),
    "bringing": gettext_lazy("Bringing the list of firms …"),
    "moreFirms": gettext_lazy("{n} firms fit; the first {shown} are shown. Type more."),
    "tooMany": gettext_lazy(
        "{kept} of {all} firms fit on the phone. Choose a region to take along."
    ),
    "about": gettext_lazy("About this page and this phone"),
    "aboutWhat": gettext_lazy(
        "Open this page once with signal. After that it opens without. What you fill in stays "
        "on this phone until the platform has said that it has it."
    ),
    "listAt": gettext_lazy("{n} firms, brought on {at}"),
    "persisted": gettext_lazy("The browser promised to keep what is here."),
    "notPersisted": gettext_lazy(
        "The browser may clear this page when the phone is full. Send soon, and put the page "
        "on the home screen."
    ),
    "install": gettext_lazy(
        "To have it like an app: open the browser’s menu and choose “Add to home screen”."
    ),
    "installNow": gettext_lazy("Put on the home screen"),
    "again": gettext_lazy("Bring lists again"),
    "clean": gettext_lazy("Clear what is sent"),
    "cleanWhat": gettext_lazy(
        "Takes the list of firms and what was sent off this phone, before you lend it. What "
        "is not sent stays."
    ),
    "cleaned": gettext_lazy("Cleared. Bring the lists again before the next visit."),
    "begin": gettext_lazy("Begin an assessment"),
    "beginNow": gettext_lazy("Begin"),
    "form": gettext_lazy("Questionnaire"),
    "how": gettext_lazy("How"),
    "day": gettext_lazy("Day"),
    "mode_visit": gettext_lazy("On a visit"),
    "mode_phone": gettext_lazy("By phone"),
    "mode_self": gettext_lazy("Filled in by the firm"),
    "assessor": gettext_lazy("The assessor's view"),
    "own": gettext_lazy("The firm's own view"),
    "value": gettext_lazy("Answer"),
    "words": gettext_lazy("Evidence"),
    "part": gettext_lazy("Part {n} of {all}"),
    "next": gettext_lazy("Next part"),
    "previous": gettext_lazy("Previous part"),
    "review": gettext_lazy("Look over and finish"),
    "savedHere": gettext_lazy("Every answer is kept on this phone at once."),
    "savedAt": gettext_lazy("Kept on this phone at {at}"),
    "full": gettext_lazy(
        "The phone is full: this could not be kept. Make room, or send and clear what is sent."
    ),
    "optional": gettext_lazy("(optional)"),
    "yes": gettext_lazy("Yes"),
    "no": gettext_lazy("No"),
    "noAnswer": gettext_lazy("No answer"),
    "empty": gettext_lazy("empty"),
    "notNumber": gettext_lazy("This is not a number."),
    "tooSmall": gettext_lazy("At least {least}."),
    "tooLarge": gettext_lazy("At most {most}."),
    "grounds": gettext_lazy("What it rests on, and photos"),
    "groundsWords": gettext_lazy("What it rests on"),
    "photos": gettext_lazy("Add photos"),
    "photosWhat": gettext_lazy(
        "At most {n} for a question, {all} for an assessment. They are made small, and their "
        "place is taken out."
    ),
    "photosThere": gettext_lazy("Photos sent already: {n}"),
    "photosFull": gettext_lazy("{n} photos are enough for one question. Remove one first."),
    "photosFullInAll": gettext_lazy("{n} photos are enough for one assessment. Remove some first."),
    "photosWait": gettext_lazy("Photos that wait to be sent: {n}"),
    "photoSent": gettext_lazy("Sent"),
    "photoRefused": gettext_lazy("A photo was not taken"),
    "noPicture": gettext_lazy(
        "This file is no picture that can be used. Send a JPEG or PNG photo."
    ),
    "remove": gettext_lazy("Remove"),
    "mustAnswer": gettext_lazy("Must still be answered"),
    "missing": gettext_lazy("Questions that must still be answered: {n}"),
    "finish": gettext_lazy("Finish and send"),
    "finishWhat": gettext_lazy(
        "Finished, it waits on this phone until there is signal, and is sent by itself."
    ),
    "finished": gettext_lazy("Finished. It is sent as soon as there is signal."),
    "sendPart": gettext_lazy("Send what is there"),
    "handed": gettext_lazy("It is sent as soon as there is signal. You can go on."),
    "discard": gettext_lazy("Throw this assessment away"),
    "discardAsk": gettext_lazy(
        "Throw this assessment and its photos away for good? They were never sent."
    ),
    "gone": gettext_lazy("This assessment is not on this phone any more."),
    "noForms": gettext_lazy("No questionnaire is on this phone"),
    "noFormsWhat": gettext_lazy(
        "Open this page once where there is signal. If it stays so, the office has put none in use."
    ),
    "proposal": gettext_lazy("A proposal"),
    "proposalWhat": gettext_lazy(
        "The office has not approved this questionnaire. What comes of it is for trying out."
    ),
    "state_begun": gettext_lazy("Being filled in"),
    "state_unsent": gettext_lazy("Changes not sent"),
    "state_waiting": gettext_lazy("Waits for signal"),
    "state_arrived": gettext_lazy("On the platform, not finished"),
    "state_handed": gettext_lazy("Handed in"),
    "state_approved": gettext_lazy("Approved"),
    "state_aside": gettext_lazy("Set aside"),
    "state_mend": gettext_lazy("Mend some answers"),
    "state_conflict": gettext_lazy("Two answers: decide"),
    "state_refused": gettext_lazy("Not taken"),
    "taken": gettext_lazy("The platform has it"),
    "takenWhat": gettext_lazy(
        "Answers and photos have arrived and are handed in. Nothing more is to be done."
    ),
    "refused": gettext_lazy("The platform did not take it"),
    "kept": gettext_lazy("Everything is still on this phone."),
    "conflict": gettext_lazy("Two people answered differently"),
    "conflictWhat": gettext_lazy(
        "Somebody else wrote something else meanwhile. Nothing was overwritten: say what counts."
    ),
    "theirs": gettext_lazy("On the platform:"),
    "yours": gettext_lazy("Yours:"),
    "decide": gettext_lazy("Say what counts"),
    "beside": gettext_lazy("This firm is being assessed twice"),
    "besideWhat": gettext_lazy(
        "Another assessment of it is under way, such as from a second phone. Nothing was "
        "overwritten: compare both and say which goes on."
    ),
    "compare": gettext_lazy("Compare"),
    "faults": gettext_lazy("These answers could not be taken"),
    "left": gettext_lazy("Not handed in: these must still be answered"),
    "nothingScored": gettext_lazy(
        "Not handed in: nothing was answered from which a level could be made."
    ),
    "returned": gettext_lazy("Sent back"),
    "signedOut": gettext_lazy("You are signed out"),
    "signedOutWhat": gettext_lazy(
        "Sign in again to go on and to send. Everything you filled in is still on this phone."
    ),
    "signIn": gettext_lazy("Sign in"),
    "others": gettext_lazy(
        "Whoever filled it in must sign in on this phone to see and send it. Nothing is lost."
    ),
    "asking": gettext_lazy("Asking who is here …"),
    "openOnce": gettext_lazy("Open this page once with signal"),
    "openOnceWhat": gettext_lazy(
        "After somebody has signed in or out on this phone, it must be opened with signal "
        "before it works without."
    ),
    "tryAgain": gettext_lazy("Try again"),
    "noStore": gettext_lazy("This browser keeps nothing"),
    "noStoreWhat": gettext_lazy(
        "What you fill in is lost when you close this page. Leave private mode, or use the "
        "pages that need signal."
    ),
    "pages": gettext_lazy("Assessments with signal"),
    "noWorker": gettext_lazy(
        "This browser cannot open the page without signal. Keep it open on the way."
    ),
    "clock": gettext_lazy("This phone’s clock is wrong"),
    "clockWhat": gettext_lazy(
        "Set date and time in the phone’s settings. Days that cannot be are replaced by the "
        "day of sending."
    ),
}
#: Why a package or a photo was not taken, and what to do.
REFUSALS: Final[dict[str, Promise]] = {
    "firm": gettext_lazy(
        "There is no firm with this number. Tell the office; the number may have changed."
    ),
    "version": gettext_lazy(
        "This questionnaire is not known here. Bring the lists again and begin anew."
    ),
    "rights": gettext_lazy(
        "You may not assess this firm now. Ask the office or your Dinas, then send again."
    ),
    "mode": gettext_lazy("It does not say how the firm was asked. Begin anew on this phone."),
    "malformed": gettext_lazy(
        "What came cannot be read. Open the page again where there is signal, then send again."
    ),
    "person": gettext_lazy(
        "Somebody else is signed in on this phone. Whoever filled it in must sign in to send it."
    ),
    "too_large": gettext_lazy(
        "This is too large to be sent at once: a photo has at most 2 MB, answers 1 MB. "
        "Shorten long words."
    ),
    "too_often": gettext_lazy("Too much at once. It is sent again in a minute by itself."),
    "assessment": gettext_lazy("There is no such assessment here yet. Its answers are sent first."),
    "closed": gettext_lazy(
        "The assessment is closed to this side. Ask the office to send it back."
    ),
    "question": gettext_lazy("There is no such question in this questionnaire."),
    "not_a_picture": gettext_lazy("This is no picture. Send a JPEG or PNG."),
    "too_many_photos": gettext_lazy(
        "Five photos for a question and sixty for an assessment are enough."
    ),
}


def words() -> dict[str, str]:
    """Return the words of the page in the reader's language."""
    return {key: str(said) for key, said in WORDS.items()}
