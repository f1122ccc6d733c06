"""Closed classes of English words, as far as the extractors need them."""

import re

from pipeline.text.sentences import sentences as french_sentences

FUNCTION_WORDS = frozenset(
    "the a an this that these those my your his her its our their some any no every each all both few many much more most "
    "other another such same i you he she it we they me him us them who whom whose which what where when why how there here "
    "and or but nor so yet if because although though while since until unless as than in on at by to from of for with "
    "without within into onto over under about after before during between among against through across behind beyond near "
    "off out up down along around despite except per via is are was were be been being am has have had do does did will "
    "would shall should can could may might must not never also just only even still already again once then now later soon "
    "too very well however meanwhile moreover instead perhaps yes one two three four five six seven eight nine ten dozens "
    "hundreds thousands nearly almost last next first second third today yesterday tomorrow tonight mr mrs ms dr sir "
    "according asked added earlier elsewhere everyone everybody nobody nothing something someone people officials critics "
    "residents police experts campaigners supporters opponents workers under overall".split()
)
MONTHS_AND_DAYS = frozenset(
    "january february march april may june july august september october november december jan feb mar apr jun jul aug "
    "sept sep oct nov dec monday tuesday wednesday thursday friday saturday sunday".split()
)
TITLES = frozenset(
    "mr mrs ms miss dr prof professor sir dame lord lady president chancellor premier minister secretary senator sen "
    "representative rep governor gov mayor councillor councilor judge justice general gen colonel col captain capt major "
    "sergeant sgt lieutenant lt admiral bishop archbishop cardinal pope king queen prince princess chief inspector "
    "superintendent director chairman chairwoman chair coach captain detective officer constable reverend rev imam rabbi "
    "ambassador commissioner deputy vice former acting prime foreign defence defense interior finance health culture "
    "transport energy education justice environment attorney prosecutor engineer".split()
)
"""Words that stand before a name as a title, or in one."""
ROLES = TITLES | frozenset(
    "leader spokesman spokeswoman spokesperson head manager owner founder author writer singer actor actress player "
    "striker goalkeeper farmer teacher nurse doctor surgeon scientist researcher historian lawyer solicitor barrister "
    "activist campaigner organiser organizer resident witness father mother son daughter brother sister widow husband wife "
    "executive analyst economist boss official candidate lawmaker mp curator conductor composer architect baker driver "
    "pilot fisherman trader treasurer president editor journalist veteran ranger biologist geologist vet volunteer "
    "keeper trainer referee runner swimmer rider sailor nun priest headteacher principal student pupil".split()
)
ORGANISATIONS = frozenset(
    "university council ministry party institute agency committee commission company club federation association union bank "
    "court office department board authority group foundation trust society hospital school college museum church police "
    "army navy service congress parliament senate assembly league inc ltd corp plc llc co airlines airways railways".split()
)
SPEECH = frozenset(
    "said says say saying told tells added adds explained explains insisted insists warned warns argued argues claimed claims "
    "stated states noted notes declared declares announced announces replied replies recalled recalls admitted admits "
    "acknowledged acknowledges confirmed confirms denied denies joked jokes wrote writes concluded concludes continued "
    "continues promised promises asked asks remarked observed commented complained stressed pointed suggested called "
    "described testified tweeted posted shouted whispered exclaimed predicted vowed pledged urged responded cautioned "
    "conceded maintained recounted summed lamented quipped believes believed thinks".split()
)
_ABBREVIATION = re.compile(
    r"(?:(?<![\w.])(?:Mr|Mrs|Ms|Dr|Prof|St|Jr|Sr|Gen|Sen|Rep|Gov|Lt|Col|Capt|Sgt|Rev|Hon|Mt|No|Jan|Feb|Aug|Sept|Oct|Nov|Dec|"
    r"vs|Inc|Ltd|Co|Corp)|(?:[A-Z]\.)+[A-Z]|(?<!\w)[ap]\.m)\.\Z"
)
_ALWAYS = re.compile(r"(?:Mr|Mrs|Ms|Dr|Prof|St|Gen|Sen|Rep|Gov|Lt|Col|Capt|Sgt|Rev|Hon|Mt|No)\.\Z")


def sentences(text: str) -> list[tuple[int, int]]:
    """The (start, end) of each sentence; `Mr. Holt` and `the U.S. Army` end none."""
    joined: list[tuple[int, int]] = []
    for start, end in french_sentences(text):
        if joined and _goes_on(text, joined[-1], start):
            joined[-1] = (joined[-1][0], end)
        else:
            joined.append((start, end))
    return joined


def _goes_on(text: str, before: tuple[int, int], start: int) -> bool:
    last = text[max(before[0], before[1] - 12) : before[1]]
    if _ALWAYS.search(last):
        return True
    word = re.match(r"[\"“(]*([A-Za-z]+)", text[start : start + 30])
    ordinary = word is not None and word[1].lower() in FUNCTION_WORDS
    return _ABBREVIATION.search(last) is not None and not ordinary
