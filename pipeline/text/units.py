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
    (r"(?:jours?|journées?)", "day"),
    (r"(?:heures?|h)", "hour"),
    (r"(?:minutes?|min|mn)", "minute"),
    (r"(?:secondes?|s)", "second"),
    (r"(?:kilomètres?(?: |-)heure|km/h|kilomètres? par heure)", "km/h"),
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
    (r"tonnes?", "t"),
    (r"hectares?|ha", "ha"),
    (r"(?:litres?|l|L)", "L"),
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


def unit_at(text: str, at: int) -> tuple[str, int] | None:
    """The named unit that starts at this place, and where it ends."""
    match = _UNIT.match(text, at)
    if match is None or match.lastgroup is None:
        return None
    return _NAMED[int(match.lastgroup[1:])][1], match.end()


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
