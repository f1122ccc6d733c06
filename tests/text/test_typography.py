import html
import re
import unicodedata
from itertools import pairwise
from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from pipeline.text import capitals
from pipeline.text.fold import fold
from pipeline.text.markdown import parse
from pipeline.text.typography import PROFILES, edits, setting, typeset

PRINT = PROFILES["imprimerie"]
REFERENCE = sorted((Path(__file__).parents[1] / "reference").glob("*.md"))


def shown(text: str) -> str:
    """No-break spaces as `~`, narrow ones as `^`."""
    return text.replace("\u00a0", "~").replace("\u202f", "^")


def hidden(text: str) -> str:
    return text.replace("~", "\u00a0").replace("^", "\u202f")


@pytest.mark.parametrize(
    ("written", "wanted"),
    [
        ("L'Otan et l' Ukraine, qu'\"un\" d'1,5 m.", "L’Otan et l’Ukraine, qu’«~un~» d’1,5~m."),
        ('Il dit "oui" et “non”.', "Il dit «~oui~» et «~non~»."),
        ("« Il dit \"oui\" », «x» ; “Il dit 'oui'”", "«~Il dit “oui”~», «~x~»^; «~Il dit 'oui'~»"),
        ("Oui! Non ? Quoi?! Fin; note: ceci. « Ah ! »", "Oui^! Non^? Quoi^?! Fin^; note~: ceci. «~Ah^!~»"),
        ("Bon... etc... etc… Mais ... et puis…non [...]", "Bon… etc. etc. Mais… et puis… non […]"),
        ("Il vient -- dit-on -- demain.", "Il vient –~dit-on~– demain."),
        ("Il vient - dit-on - demain. Un mot—mot.", "Il vient –~dit-on~– demain. Un mot — mot."),
        ("Double  espace , point . ( oui ) mot,mot;mot", "Double espace, point. (oui) mot, mot^; mot"),
        ("2ème, 1ère, 2nd, 2nde, 3èmes, 21eme", "2e, 1re, 2d, 2de, 3es, 21e"),
        ("XXIème siècle, XVIIIeme, Xème", "XXIe siècle, XVIIIe, Xe"),
        ("10%, 12 €, 5kg, 100°C, 43°, 8Go, 30m2", "10~%, 12~€, 5~kg, 100~°C, 43°, 8~Go, 30~m2"),
        ("12 000 soldats, 12000 €, 1 234 567,5 km", "12^000 soldats, 12^000~€, 1^234^567,5~km"),
        ("3.5 millions, 14 ans, 3 mois", "3,5~millions, 14~ans, 3~mois"),
        ("n°5, n° 5, p. 3, p.12, art. 4", "n°~5, n°~5, p.~3, p.~12, art.~4"),
        ("Mr Dupont, M. Durand, M.Martin, Mme Royal", "M.~Dupont, M.~Durand, M.~Martin, Mme~Royal"),
        ("Le 12 juillet 2026, le 1er mai, à 14h30, 8h", "Le 12~juillet 2026, le 1er~mai, à 14~h~30, 8~h"),
        ("Etat, Etats-Unis, Ecole, Ile-de-France, ETAT", "État, États-Unis, École, Île-de-France, ÉTAT"),
        ("L’Education nationale, Saint-Etienne", "L’Éducation nationale, Saint-Étienne"),
        ("A Paris, il pleut. A l’est, rien. Ca va.", "À Paris, il pleut. À l’est, rien. Ça va."),
        ("coeur, Soeur, BOEUF, oeuvre, manoeuvres", "cœur, Sœur, BŒUF, œuvre, manœuvres"),
        ("Il pleut.Il vente.", "Il pleut. Il vente."),
        ("Non…! (!) (?) « ? » Bravo!!!", "Non…^! (!) (?) «~?~» Bravo^!!!"),
    ],
)
def test_a_printer_sets_it_so(written, wanted):
    assert shown(typeset(written)) == wanted


LEFT_ALONE = [
    "Voir https://x.fr/a?b=c!d:e et www.lemonde.fr/a;b puis lemonde.fr, à 10:30, 16:9 ou C:\\Temp.",
    "Écrire à a.b-c@exemple.fr, @lemondefr, #A_Paris, [gallery ids=\"1,2\" x='y'], [^1], {{ a ? b }} et {Q3}.",
    "Du code : `x ? \"y\" : 'z'...` et `a--b`, std::vector, /etc/a:b, --verbose.".replace(" :", "~:", 1),
    "Score 2-1 (1-0), 6-4, 7-6 (5) ; 24h/24, 7j/7, 50/50.".replace(" ;", "^;"),
    "En 2022 150 soldats, page 12 300, 75011 Paris, loi 2019-775, 01 23 45 67 89, +33 6 12 34 56 78.",
    "12,000 soldats, 1.500 chars, 3,5.2 points et 1.234.567 voix.".replace(" points", "~points"),
    "MiG-29, G7, 5G, 4x4, Covid-19, GPT-3.5, version 2.1, v1.250, 10.0.0.1, 12.03.2024.",
    "J.-C. Lagarde, J. K. Rowling, U.S.A., Eric, Evolution Gaming, Edouard, Echo, A380, A-t-il.",
    "Plan A ou B, vitamine A contre le rhume, l’autoroute A 7.",
    "« Who's there? It's not for them: it is for us! »".replace("« ", "«~").replace(" »", "~»"),
    "Le film *The Lord of the Rings: The Return of the King* sort.",
    "Content :-) ;) :D <3 et :smile:, Yahoo! aussi.",
    "Un écran de 27\", 5'10\", rock 'n' roll, ‘non’.",
    "Paris - Lyon, PSG - OM 2 - 1, Paris–Lyon, 10-12, 1 - 0.",
    'Il dit "oui et s’en va. Puis il a dit “non".',
    "– Bonjour, dit-il. Zoé, coexister, poète, mème.",
    "10 % et 12 000 soldats".replace("10 ", "10~").replace("12 ", "12^"),
    'Titre\n\n```\nx ? "y"...\n```\n\n<div class=\'a ? b\'>\n\nTexte <b title="a ; b">gras</b>.',
    "- [ ] à faire\n- [x] fait\n\n1 . Premier",
    "[lien](http://x.fr/?a;b 'titre ?') et ![image ?](a;b.png)",
]


@pytest.mark.parametrize("written", [hidden(text) for text in LEFT_ALONE])
def test_what_is_no_french_text_or_can_be_read_two_ways_is_left_alone(written):
    assert typeset(written) == written


@pytest.mark.parametrize("path", REFERENCE, ids=lambda p: p.stem)
def test_finished_pieces_need_no_edit(path):
    found = setting(parse(path.read_text(encoding="utf-8")), PRINT)
    assert (found.edits, found.unpaired_quotes, found.unclear_numbers) == ((), (), ())


@pytest.mark.parametrize(
    ("profile", "wanted"),
    [
        ("imprimerie", "Oui^! Note~: «~a~»^; 12^000~€ à 14~h~30, 10~%"),
        ("presse", "Oui^! Note^: «~a~»^; 12^000~€ à 14h30, 10~%"),
        ("ue", "Oui! Note: «a»; 12~000~€ à 14~h~30, 10~%"),
        ("quebec", "Oui! Note~: «~a~»; 12~000~€ à 14~h~30, 10~%"),
    ],
)
def test_each_profile_has_its_spaces(profile, wanted):
    for written in ('Oui! Note: "a"; 12000 € à 14h30, 10%', "Oui ! Note : « a » ; 12 000 € à 14 h 30, 10 %"):
        assert shown(typeset(written, PROFILES[profile])) == wanted


@pytest.mark.parametrize(
    ("written", "wanted"),
    [
        (
            "**Note:** et **Quoi**? *Ah*! [lien](u)! `x`: y",
            "**Note~:** et **Quoi**^? *Ah*^! [lien](u)^! `x`~: y",
        ),
        ('"**gras**", "[lien](u)" et **"x"**', "«~**gras**~», «~[lien](u)~» et **«~x~»**"),
        ('\\"Bon\\" &quot;mal&quot; &eacute;t&eacute;!', "«~Bon~» «~mal~» &eacute;t&eacute;^!"),
        ('Un\r\n"mot"!\r\n\r\n- deux?\r\n', "Un\r\n«~mot~»^!\r\n\r\n- deux^?\r\n"),
        ('| "A" | 10% |\n|---|---|\n| x! | y |', "| «~A~» | 10~% |\n|---|---|\n| x^! | y |"),
        ('> "Une"? Oui.\n> Non!', "> «~Une~»^? Oui.\n> Non^!"),
        ("2<sup>ème</sup> rang", "2<sup>e</sup> rang"),
        ("12&nbsp;% et « x&nbsp;»", "12&nbsp;% et «~x&nbsp;»"),
    ],
)
def test_markdown_marks_stay_what_they_are(written, wanted):
    assert shown(typeset(written)) == wanted


@pytest.mark.parametrize(
    ("front", "title"),
    [
        ("title: L'Otan, c'est quoi?", "L’Otan, c’est quoi^?"),
        ("title: 'L''Otan : oui'", "L’Otan~: oui"),
        ('title: "Le \\"mot\\" : oui!"', "Le «~mot~»~: oui^!"),
        ("title: >-\n  L'Otan\n  dit oui!", "L’Otan dit oui^!"),
        ("title: L'Otan  # nom d'usage", "L’Otan"),
    ],
)
def test_title_and_description_are_set_and_stay_yaml(front, title):
    text = f"---\n{front}\nslug: \"l'otan?\"\ndescription: L'Otan!\nkeyphrase: l'Otan?\n---\n\n# L'Otan\n"
    after = parse(typeset(text))
    assert after.front_error is None
    assert shown(after.front["title"]) == title
    assert (after.front["slug"], after.front["keyphrase"]) == ("l'otan?", "l'Otan?")
    assert shown(after.front["description"]) == "L’Otan^!"
    assert yaml.safe_load(text.split("---")[1]).keys() == after.front.keys()


def test_quotations_of_several_paragraphs_are_no_mistake():
    text = "« Un.\n\n« Deux.\n\n« Trois. »\n\nFin. « Un.\n\nDeux. »"
    found = setting(parse(text), PRINT)
    assert found.unpaired_quotes == ()
    assert shown(typeset(text)) == "«~Un.\n\n«~Deux.\n\n«~Trois.~»\n\nFin. «~Un.\n\nDeux.~»"


@pytest.mark.parametrize(
    ("text", "marks"),
    [
        ('Il dit "oui.', ['"']),
        ("Il dit « oui.\n\nEt puis rien.", ["«"]),
        ("Il dit “oui ».", ["»"]),
        ("Il dit oui ».", ["»"]),
        ('« Il dit "oui » demain.', ['"']),
        ("Il dit « oui » et “non”.", []),
    ],
)
def test_marks_that_cannot_be_paired_are_named(text, marks):
    found = setting(parse(text), PRINT).unpaired_quotes
    assert [text[start:end] for start, end, _ in found] == marks or len(found) == len(marks)
    if marks:
        assert '"' not in text or '"' in typeset(text)


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("12,000 soldats, 1.500 chars et 3,5.2.", ["12,000", "1.500", "3,5.2"]),
        ("12.500,75 € et 1,234,567 $", ["12.500,75", "1,234,567"]),
        ("0,125 ; 1,789 euro ; 1,789 €/l ; 2,150 euros le litre ; 12,5 % ; 3.14", []),
        ("v1.250, 10.0.0.1, 12.03.2024, https://x.fr/1,000, `1,000`, n° 12.345, page 1.250", []),
        ("« There were 12,000 of them and they were here »", []),
    ],
)
def test_numbers_that_can_be_read_two_ways_are_named(text, numbers):
    assert [text[a:b] for a, b in setting(parse(text), PRINT).unclear_numbers] == numbers


def test_edits_stand_in_order_and_apart_and_say_why():
    text = 'L\'Etat paie "10%"...\r\n\r\n- Mr Dupont &quot;vient&quot;!\r\n'
    found = edits(parse(text), PRINT)
    assert all(a.end <= b.start for a, b in pairwise(found))
    assert all(e.start < e.end and text[e.start : e.end] != e.replacement and e.rule for e in found)


def test_no_accent_is_given_to_a_word_that_has_two_readings():
    assert {"Evolution", "Episode", "Eric", "Email", "Echo", "Edition"}.isdisjoint(capitals._ACCENTED)
    assert all(fold(bare) == fold(word) for bare, word in capitals._ACCENTED.items())


def test_decomposed_letters_are_composed():
    text = unicodedata.normalize("NFD", "Le marché de l’Été à Noël ? `é`")
    assert unicodedata.is_normalized("NFC", typeset(text))
    assert any(e.rule == "composed letters" for e in edits(parse(text), PRINT))


def test_hostile_text_takes_linear_time():
    for part in ('"a ', "1,000,", "« ", "a.b", " - a", "[x ", "A la ", "coeur ", "'", "..."):
        typeset(part * (30_000 // len(part)))


WORDS = r"""
a b É e l' d'Ukraine Etat Paris A Ca la coeur 2ème 1ère XXIème Mr M. Dupont n° p. 5 12 000 12000 € % km 14h30 h 10:30
12,000 3.5 millions juillet ... etc... -- - – — « » “ ” „ " ' ’ ! ? ; : , . ( ) [ ] { } * ** _ ` # > | & &quot; &nbsp; \ \"
https://x.fr/a?b a@b.fr x.fr [l](u) `x` <b> </b> {Q3} [x] :) é
""".split()
BLANKS = " |  |\n|\r\n|\n\n|\n- |\n> |\u00a0|\u202f|\u2009|e\u0301".split("|")
FRONTS = ['---\ntitle: L\'a ? "b"\n---\n', "---\ntitle: \"A: 'b' !\"\n---\n"]
PIECES = st.sampled_from([*WORDS, *FRONTS, *BLANKS, " ", " ", " "])
TEXTS = st.lists(PIECES, max_size=30).map("".join)


@given(TEXTS, st.sampled_from(sorted(PROFILES)))
def test_a_second_pass_changes_nothing(text, name):
    once = typeset(text, PROFILES[name])
    assert typeset(once, PROFILES[name]) == once
    assert unicodedata.is_normalized("NFC", once)


@given(TEXTS, st.sampled_from(sorted(PROFILES)))
def test_blocks_links_and_html_stay_what_they_are(text, name):
    def shape(markdown: str) -> list[object]:
        document = parse(markdown)
        return [sorted(document.front), *((b.kind, b.level, b.links, len(b.html)) for b in document.blocks)]

    text = unicodedata.normalize("NFC", text)
    assert shape(typeset(text, PROFILES[name])) == shape(text)


PLAIN = st.text(
    alphabet=st.sampled_from(list("abcléÀ019 .,;:!?'\"«»“”()%€-–…\n*_`[]#>&\\\u00a0\u202f")), max_size=120
)


@given(PLAIN)
def test_letters_and_digits_stay_in_their_order(text):
    """No word here is one whose spelling the pass mends."""
    text = unicodedata.normalize("NFC", text)
    assert [c for c in typeset(text) if c.isalnum()] == [c for c in text if c.isalnum()]


@given(TEXTS)
def test_letters_stay_but_for_what_french_spells_otherwise(text):
    def told(markdown: str) -> str:
        letters = "".join(c for c in fold(html.unescape(markdown)) if c.isalnum())
        while (
            shorter := re.sub("eme|ere|mr", lambda m: {"ere": "re"}.get(m.group(), m.group()[0]), letters)
        ) != letters:
            letters = shorter
        return letters

    assert told(typeset(text)) == told(unicodedata.normalize("NFC", text))
