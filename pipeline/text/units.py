"""What numbers count: currencies, measures and times, each with the one name it is compared under."""

import re

_GAP = r"[ \u00a0\u202f]"

CURRENCY_SIGNS = {
    "€": "EUR",
    "$": "USD",
    "£": "GBP",
    "¥": "JPY",
    "₽": "RUB",
    "₴": "UAH",
    "US$": "USD",
    "$US": "USD",
    "CHF": "CHF",
    "EUR": "EUR",
    "USD": "USD",
    "GBP": "GBP",
    "FCFA": "XOF",
}

# The longer pattern stands first: `dollars canadiens` before `dollars`.
_NAMED = (
    (r"points?(?: de pourcentage| de %)?", "point"),
    (r"pour cent|pour-cent|%", "%"),
    (r"‰|pour mille", "‰"),
    (r"dollars? canadiens?", "CAD"),
    (r"dollars? australiens?", "AUD"),
    (r"dollars?(?: américains?| US)?|\$(?: ?US)?|USD|billets verts", "USD"),
    (r"d[’']?euros?|euros?|€|EUR", "EUR"),
    (r"livres? sterling|£|GBP", "GBP"),
    (r"francs? suisses?|CHF", "CHF"),
    (r"francs? CFA|FCFA", "XOF"),
    (r"yens?|¥", "JPY"),
    (r"yuans?", "CNY"),
    (r"roubles?|₽", "RUB"),
    (r"hryvnias?|₴", "UAH"),
    (r"zlotys?", "PLN"),
    (r"wons?", "KRW"),
    (r"roupies?", "INR"),
    (r"(?:ans?|années?)", "year"),
    (r"mois", "month"),
    (r"semaines?", "week"),
    (
        r"(?:jours?|journées?(?! (?:de (?:la fin|championnat|compétition|ligue)|du terme|avant la fin)))",
        "day",
    ),
    (r"(?:heures?|h)", "hour"),
    (r"(?:minutes?|min|mn)", "minute"),
    (r"(?:secondes?|s)", "second"),
    (r"(?:kilomètres?(?: |-)heure|km/h|kilomètres? (?:par |à l[’']|de l[’'])heure)", "km/h"),
    (r"(?:kilomètres? carrés?|km²|km2)", "km²"),
    (r"(?:mètres? carrés?|m²|m2)", "m²"),
    (r"(?:mètres? cubes?|m³|m3)", "m³"),
    (r"(?:kilomètres?|km)", "km"),
    (r"(?:centimètres?|cm)", "cm"),
    (r"(?:millimètres?|mm)", "mm"),
    (r"(?:mètres?|m)", "m"),
    (r"(?:kilogrammes?|kilos?|kg)", "kg"),
    (r"(?:grammes?|g)", "g"),
    (r"(?:milligrammes?|mg)", "mg"),
    (r"(?:tonnes?|t)", "t"),
    (r"hectares?|ha", "ha"),
    (r"(?:litres?|l|L)", "L"),
    (r"(?:décilitres?|dl|dL)", "décilitre"),
    (r"(?:centilitres?|cl|cL)", "centilitre"),
    (r"(?:millilitres?|ml|mL)", "millilitre"),
    (r"° ?C|degrés?(?: Celsius)?|°", "°C"),
    (r"(?:kilowattheures?|kilowatts?(?: |-)heures?|kWh)", "kWh"),
    (r"(?:mégawattheures?|mégawatts?(?: |-)heures?|MWh)", "MWh"),
    (r"(?:térawattheures?|térawatts?(?: |-)heures?|TWh)", "TWh"),
    (r"(?:gigawatts?|GW)", "GW"),
    (r"(?:mégawatts?|MW)", "MW"),
    (r"(?:kilowatts?|kW)", "kW"),
)
_UNIT = re.compile(
    "|".join(f"(?P<u{i}>(?:{p.replace(' ', _GAP)})(?!-?\\w))" for i, (p, _) in enumerate(_NAMED))
)

_IRREGULAR = {
    "yeux": "œil", "travaux": "travail", "vitraux": "vitrail", "baux": "bail", "émaux": "émail", "coraux": "corail",
    "pneus": "pneu", "bleus": "bleu", "bijoux": "bijou", "choux": "chou", "cailloux": "caillou",
    "genoux": "genou", "mesdames": "madame", "messieurs": "monsieur", "festivals": "festival", "bals": "bal",
}  # fmt: skip
_INVARIABLE = frozenset(
    "pays fois mois bras corps cas temps procès accès succès progrès congrès repas poids prix choix voix croix noix "
    "avis permis devis colis tapis puis vers jus bus virus campus œdèmes os ours dos gaz nez riz français anglais "
    "irlandais polonais japonais portugais chinois danois suédois finlandais libanais sénégalais concours recours "
    "secours discours parcours cours bois mètres-heures logis palais relais rabais engrais marais harnais jamais "
    "décès excès abcès héros propos dépôts refus abus surplus plus fils lis tiers vis".split()
)


_YEAR = 365.25 * 86400
# What one of a unit is in the unit its dimension is told in; counted nouns that measure something stand here too.
_MEASURES: dict[str, tuple[float, str]] = {
    "second": (1, "time"), "minute": (60, "time"), "hour": (3600, "time"), "day": (86400, "time"),
    "nuit": (86400, "time"), "nuitée": (86400, "time"), "week": (7 * 86400, "time"), "month": (_YEAR / 12, "time"),
    "trimestre": (_YEAR / 4, "time"), "semestre": (_YEAR / 2, "time"), "year": (_YEAR, "time"),
    "décennie": (10 * _YEAR, "time"), "siècle": (100 * _YEAR, "time"), "millénaire": (1000 * _YEAR, "time"),
    "mm": (0.001, "length"), "cm": (0.01, "length"), "m": (1, "length"), "km": (1000, "length"),
    "mile": (1609.344, "length"), "m²": (1, "area"), "ha": (1e4, "area"), "km²": (1e6, "area"),
    "mg": (1e-6, "mass"), "g": (0.001, "mass"), "kg": (1, "mass"), "t": (1000, "mass"),
    "millilitre": (0.001, "volume"), "centilitre": (0.01, "volume"), "décilitre": (0.1, "volume"), "L": (1, "volume"), "hectolitre": (100, "volume"), "m³": (1000, "volume"),
    "kWh": (1, "energy"), "MWh": (1000, "energy"), "gigawattheure": (1e6, "energy"), "TWh": (1e9, "energy"),
    "watt": (0.001, "power"), "kW": (1, "power"), "MW": (1000, "power"), "GW": (1e6, "power"),
    "km/h": (1, "speed"), "nœud": (1.852, "speed"), "centime": (0.01, "EUR"), "‰": (0.1, "%"),
}  # fmt: skip
_NAMES = frozenset(name for _, name in _NAMED) | frozenset(_MEASURES)


def is_measure(unit: str | None) -> bool:
    """A currency, percent, time or measure, and no counted noun."""
    return unit in _NAMES


def measured(value: float, unit: str | None) -> tuple[float, str | None]:
    """A value with its dimension, so that 18 months and a year and a half are one: (47336400.0, `time`).

    A currency, a counted noun and None are their own dimension. Months and years have their mean length.
    """
    scale, dimension = _MEASURES.get(unit or "", (1.0, unit))
    return float(f"{value * scale:.9g}"), dimension


_FOREIGN_PLURALS = frozenset(
    "media data barmen gentlemen tifosi paparazzi graffiti scenarii supporters women men".split()
)


def unit_at(text: str, at: int) -> tuple[str, int] | None:
    """The named unit that starts at this place, and where it ends."""
    match = _UNIT.match(text, at)
    if match is None or match.lastgroup is None or text[match.end() : match.end() + 1] in tuple("’'"):
        return None  # `il y en avait 9 l’an dernier` counts no litres
    return _NAMED[int(match.lastgroup[1:])][1], match.end()


def is_plural(noun: str) -> bool:
    """True of a lower-case noun that can stand after `trois`: a plural by its ending, or one that has no other form."""
    first = noun.partition("-")[0]
    return noun.endswith(("s", "x", "z")) or first.endswith(("s", "x", "z")) or noun in _FOREIGN_PLURALS


def singular(noun: str) -> str:
    """The singular of a lower-case noun, by the regular endings; for comparing, not for print."""
    first, hyphen, rest = noun.partition("-")
    if hyphen:
        return singular(first) + hyphen + rest
    if noun in _IRREGULAR:
        return _IRREGULAR[noun]
    if noun in _INVARIABLE or len(noun) < 4:
        return noun
    if noun.endswith(("eaux", "eux", "oux")):
        return noun[:-1] if not noun.endswith("ieux") else noun
    if noun.endswith("aux"):
        return noun[:-3] + "al"
    return noun[:-1] if noun.endswith("s") and not noun.endswith("ss") else noun
