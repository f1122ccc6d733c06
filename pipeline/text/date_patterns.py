"""The words and patterns in which French says when."""

import re

from pipeline.text.calendar import MONTHS

SHORT = {
    "janv": 1,
    "fév": 2,
    "févr": 2,
    "avr": 4,
    "juil": 7,
    "sept": 9,
    "oct": 10,
    "nov": 11,
    "déc": 12,
    "aout": 8,
    "fevrier": 2,
    "decembre": 12,
}
WEEKDAYS = dict(
    zip(
        "lundi mardi mercredi jeudi vendredi samedi dimanche".split(),
        "monday tuesday wednesday thursday friday saturday sunday".split(),
        strict=True,
    )
)
PARTS = {
    "matin": "morning",
    "midi": "noon",
    "après-midi": "afternoon",
    "soir": "evening",
    "nuit": "night",
    "soirée": "evening",
    "matinée": "morning",
}
UNITS = {
    "an": "year",
    "année": "year",
    "mois": "month",
    "semaine": "week",
    "jour": "day",
    "heure": "hour",
    "minute": "minute",
    "siècle": "century",
    "décennie": "decade",
    "week-end": "weekend",
    "trimestre": "quarter",
    "semestre": "half-year",
    "journée": "day",
}
SEASONS = {"printemps": "spring", "été": "summer", "automne": "autumn", "hiver": "winter"}
FIXED = {
    "aujourd'hui": "today", "hier": "yesterday", "avant-hier": "-2 days", "demain": "tomorrow",
    "après-demain": "+2 days", "la veille": "the day before", "l'avant-veille": "two days before",
    "le lendemain": "the day after", "au lendemain": "the day after", "dès le lendemain": "the day after",
}  # fmt: skip

SPACE = _S = r"[ \u00a0\u202f]"
_MONTH = rf"(?:{'|'.join(MONTHS)}|(?:{'|'.join(SHORT)})\.?)"
_YEAR = r"(?:1\d{3}|20\d{2}|2100)(?![\d,.]\d|\d)"
_DAY = rf"(?:(?:[12]\d|3[01]|0?[1-9])(?:{_S}?er)?)"
_WEEKDAY = rf"(?:{'|'.join(WEEKDAYS)})"
_PART = r"(?:matin|midi|après-midi|soirée|soir|nuit)"
_UNIT = r"(?:ans?|années?|mois|semaines?|jours?|heures?|minutes?|siècles?|décennies?|week-ends?|trimestres?|semestres?)"
_COUNT = r"(?:\d{1,4}|[^\W\d_]{1,20}(?:[ -][^\W\d_]{1,20}){0,3}?)"
# `dix jours`, `une dizaine de jours`
_SPAN = rf"(?P<count>{_COUNT})(?:{_S}d(?:e{_S}|[’'])|{_S})(?P<unit>{_UNIT})"
_B = r"(?<![\w-])"

# What may follow a day of the month, where a counted noun may not.
_LINK = r"(?:de|du|des|au|aux|à|et|ou|pour|dans|dès|sur|en|par|puis|avec|entre|chez|devant)"


def _rule(pattern: str) -> re.Pattern[str]:
    return re.compile(_B + pattern + r"(?![\w])", re.IGNORECASE)


CALENDAR = _rule(
    rf"(?:(?P<weekday>{_WEEKDAY}){_S})?(?P<day>{_DAY}){_S}(?P<month>{_MONTH})(?!\w)(?:{_S}(?P<year>{_YEAR}))?"
)
MONTH_YEAR = _rule(rf"(?P<month>{_MONTH}){_S}(?P<year>{_YEAR})")
# In lower case a month's name is always the month; the planet and first names have a capital.
MONTH_ALONE = re.compile(rf"(?<!\w)(?P<month>{'|'.join(MONTHS)})(?![\w-])")
DAYS_OF_MONTH = _rule(
    rf"(?P<day>{_DAY})(?=(?:{_S}?,{_S}?{_DAY}){{0,3}}{_S}?(?:et|au|-|–|à|ou|,){_S}?(?:{_WEEKDAY}{_S})?{_DAY}{_S}(?P<month>{_MONTH})(?!\w)"
    rf"(?:{_S}(?P<year>{_YEAR}))?)"
)
MONTH_REL = _rule(rf"(?P<month>{_MONTH}){_S}(?P<rel>dernier|prochain)")
NUMERIC = _rule(
    r"(?:(?P<d>\d{1,2})(?P<sep>[/.-])(?P<m>\d{1,2})(?P=sep)(?P<y>\d{4})|(?P<y2>\d{4})-(?P<m2>\d\d)-(?P<d2>\d\d))"
)
WEEK_DAY = _rule(
    rf"(?P<weekday>{_WEEKDAY})s?(?:{_S}(?P<rel>derniers?|prochains?))?(?:{_S}(?:en{_S}|dans{_S}(?:la|l’|l'))?(?P<part>{_PART}))?"
    rf"(?:{_S}(?P<number>{_DAY})(?![\w%]|{_S}?[%€$]|[,.:]\d|{_S}(?!{_LINK}(?!\w))\w|{_S}\w+{_S}(?:{_WEEKDAY}{_S})?{_DAY}{_S}{_MONTH}))?"
)
THIS = _rule(rf"(?:cet?|cette){_S}(?P<what>{_PART}|matinée|{_UNIT}|printemps|été|automne|hiver)(?:-ci)?")
LAST = _rule(
    rf"(?:le{_S}|la{_S}|l[’']|au{_S}|du{_S})(?P<what>{_UNIT}|{_PART}|printemps|été|automne|hiver){_S}"
    r"(?P<rel>derni(?:er|ère)|prochaine?|passée?|suivante?|précédente?)"
)
AGO = _rule(
    rf"(?P<cue>il{_S}y{_S}a|voici|voilà|dans|depuis|d[’']ici){_S}(?:(?:près|plus|moins|environ|quelque|à peine){_S}(?:de{_S}|d[’'])?)?{_SPAN}"
)
LATER = _rule(rf"{_SPAN}{_S}(?P<rel>plus{_S}tard|plus{_S}tôt|auparavant|avant|après)")
RECENT = _rule(
    rf"(?:ces|(?:au{_S}cours{_S})?des|les){_S}(?:(?P<count>{_COUNT}){_S})?(?P<rel>derniers|dernières|prochains|prochaines){_S}(?P<unit>{_UNIT})"
)
SINCE = _rule(rf"(?P<cue>depuis|il{_S}y{_S}a){_S}(?:des|plusieurs|quelques){_S}(?P<unit>{_UNIT})")
SEASON = _rule(
    rf"(?:au{_S}|en{_S}|à{_S}l[’']|l[’']|cet{_S}|de{_S}l[’']|d[’'])?(?P<season>printemps|été|automne|hiver){_S}(?P<year>{_YEAR})"
)
DECADE = _rule(rf"années{_S}(?P<year>(?:19|20)?\d0)")
CLOCK = re.compile(
    rf"{_B}(?P<hour>[01]?\d|2[0-3]){_S}?(?:h|heures?|:){_S}?(?P<minute>[0-5]\d)(?![\d\w])"
    rf"|(?:(?<=à )|(?<=À )|(?<=vers )|(?<=dès )|(?<=avant )|(?<=à partir de )|(?<=jusqu’à )|(?<=après )|(?<=de )(?=\d\d?{_S}?h(?:eures)?{_S}à))"
    rf"(?P<whole>[01]?\d|2[0-3]){_S}?(?:h|heures)(?![\w])(?!{_S}de{_S})"
)
# `le Midi` is a region.
NOON = re.compile(_B + r"(?P<noon>midi|minuit)(?!\w)")
# `l’été` is a season, `a été` is not.
SEASON_ALONE = re.compile(
    rf"(?<![\w-])(?:(?:[Ll]|[Dd]|[Ee]n{_S}l|[ÀàÀ]{_S}l)[’']été|(?:[Ee]n|[Cc]et|[Uu]n|[Ff]in|[Dd]ébut|[Cc]haque){_S}été|printemps|automne|hiver)(?![\w-])"
)
PART_ALONE = _rule(
    rf"(?:dans{_S}la|en|au{_S}cours{_S}de{_S}la|durant{_S}la|pendant{_S}la|tard{_S}dans{_S}la|fin{_S}de|début{_S}de|milieu{_S}de){_S}"
    r"(?P<part>matinée|soirée|nuit)"
    rf"|(?:dans|en|au{_S}cours{_S}de|durant|pendant){_S}l[’'](?P<noon>après-midi)"
    rf"|(?:le|au{_S}petit){_S}(?P<day>matin|soir)(?:{_S}même)?"
)
DAY_PART = _rule(
    rf"(?P<day>hier|avant-hier|demain|après-demain){_S}(?:en{_S}|dans{_S}la{_S}|à{_S}|dans{_S}l[’'])?(?P<part>{_PART})"
)
FIXED_RULE = _rule(
    "(?:"
    + "|".join(
        sorted((re.escape(w).replace("'", "[’']").replace("\\ ", _S) for w in FIXED), key=len, reverse=True)
    )
    + ")"
)
YEAR_RULE = re.compile(
    rf"(?<![\w.,-])(?<!\d[ \u00a0\u202f])(?P<year>{_YEAR})(?![\w%]|[ \u00a0\u202f]?[%€$°]|[ \u00a0\u202f]\d{{3}}\b)"
)
YEAR_PAIR = re.compile(r"(?:(?<=\d{4}[-–/])|(?<=\d{4} à )|(?<=\d{4} et ))(?P<year>(?:19|20)\d\d)(?!\w)")
CUE_BEFORE = re.compile(
    rf"(?:\b(?:en|dès|depuis|avant|après|année|années|an|années|mi|début|fin|courant|horizon|saison|exercice|été|hiver|printemps|automne|"
    rf"d[’']ici|d[’']ici à|jusqu[’']en|édition|millésime|rentrée|session|promotion|né en|née en)|[(©–—/-]){_S}?(?:l[’']an{_S})?\Z",
    re.IGNORECASE,
)
WORD_BEFORE = re.compile(rf"([^\W\d_]+){_S}\Z")
WORD_AFTER = re.compile(rf"{_S}([^\W\d_]+[’']?)")
NO_YEAR_BEFORE = frozenset(
    "plus moins environ près quelque quelques les ces ses leurs nos vos mes des à par pour numéro page pages sur "
    "dont mètres autres premiers prix total altitude vers mille presque jusqu atteint compte".split()
)
