from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.checks import examine, grammar
from pipeline.checks.check import Manuscript
from pipeline.languagetool.match import GrammarUnavailable, Match
from pipeline.model import Article, Brief, Dossier, Name, NotRun, Paragraph
from pipeline.stages import clean, ingest
from pipeline.stages import dossier as dossiers
from pipeline.text.markdown import parse
from tests.languagetool import shared
from tests.languagetool.mistakes import PLANTED, plant

ROOT = Path(__file__).parents[2]
REFERENCES = sorted((ROOT / "tests" / "reference").glob("*.md"))
TYPO = ("FR_SPELLING_RULE", "TYPOS")
VERB = ("ACCORD_SUJET_VERBE", "CAT_GRAMMAIRE")


def told(text, marked, rule=VERB, source="", names=(), replacements=("autre",)):
    """The findings when the engine marks those words, each at its first place in a part."""
    document = parse(text)
    sent = grammar.parts(document)
    matches = [
        tuple(
            Match(at := p.text.index(w), at + len(w), rule[0], rule[1], "Non.", tuple(replacements))
            for w in marked
            if w in p.text
        )
        for p in sent
    ]
    article = Article("s.txt", "0" * 64, None, "fr", (Paragraph("P1", source),))
    known = tuple(Name(f"N{i}", n, "person", "P1", 0, 1) for i, n in enumerate(names))
    dossier = Dossier(article, names=known) if source or names else None
    return grammar.findings(Manuscript(document, Brief(), dossier, ()), sent, matches)


def proofread(text, source=None):
    """What the real engine finds."""
    document = parse(text)
    dossier = None
    if source:
        dossier = dossiers.build(clean.clean(ingest.read_file(source, str(source))))
    return Manuscript(document, Brief(), dossier, grammar.proofread(document, shared.grammar().check))


def test_running_text_is_sent_without_marks_front_matter_tables_code_or_sources():
    text = (
        "---\ntitle: Non\n---\n\n# Un **titre**\n\nUn [lien](http://x.fr)\nsur deux lignes.\n\n- un point\n\n"
        "> Une citation.\n\n| a | b |\n|---|---|\n| c | d |\n\n```\ncode\n```\n\n## Sources\n\n- Le Monde\n"
    )
    assert [p.text for p in grammar.parts(parse(text))] == [
        "Un titre",
        "Un lien sur deux lignes.",
        "un point",
        "Une citation.",
    ]


@given(st.text(alphabet=st.sampled_from("aé *_`[]()>#-\n«\u202f»&;😀"), max_size=200))
def test_a_part_is_its_block_character_for_character(text):
    for part in grammar.parts(parse(text)):
        assert len(part.text) == len(part.block.text)
        assert "\n" not in part.text


def test_a_place_is_that_of_the_file_marks_and_all():
    text = (
        "---\ntitle: Un\n---\n\n# Un titre\n\nOn voit **les *petits* chat** &amp; les chiens\r\nqui dort ici."
    )
    found = told(text, ["petits chat", "dort"])
    assert [f.where.text for f in found] == ["petits* chat", "dort"]
    assert all(text[f.where.start : f.where.end] == f.where.text for f in found)


def test_two_remarks_warn_and_three_block():
    text = "# Un titre\n\nIls va. Ils vient. Ils voit."
    assert {f.severity for f in told(text, ["va", "vient"])} == {"warn"}
    assert {f.severity for f in told(text, ["va", "vient", "voit"])} == {"block"}


def test_three_remarks_in_a_long_text_are_the_engines_own():
    text = "Ils va. Ils vient. Ils voit." + " mot" * 1500
    assert {f.severity for f in told(text, ["va", "vient", "voit"])} == {"warn"}


def test_spelling_never_blocks():
    found = told("Un ab cd ef.", ["ab", "cd", "ef"], TYPO)
    assert {(f.code, f.severity) for f in found} == {("GRA002", "warn")}


def test_a_word_of_the_source_is_spelt_right_as_it_is_spelt_there():
    assert told("Le vlogueur parle.", ["vlogueur"], TYPO, source="Un vlogueur.") == ()
    assert told("Le vlogueur parle.", ["vlogueur"], TYPO, source="Un Vlogueur.")


def test_a_form_of_a_word_of_the_source_is_right_unless_the_dictionary_has_the_word():
    assert told("Des vlogueuses parlent.", ["vlogueuses"], TYPO, source="Un vlogueur.") == ()
    hospital = ("L’hôpitale ferme.", ["hôpitale"], TYPO)
    assert told(*hospital, source="Un hôpital.", replacements=["hôpital"])


def test_a_part_of_a_name_with_hyphens_is_right_as_the_source_has_it():
    source = "Le hameau de Kerzoc’h-Bihan, près de Bourg-l’Ardrec."
    assert told("À Kerzoc’h-Bihan, tout va.", ["Kerzoc’h"], TYPO, source=source) == ()
    assert told("À Bourg-l’Ardrec, tout va.", ["l’Ardrec"], TYPO, source=source) == ()
    cardinal = ("POINT_CARDINAL", "CAT_MAJUSCULES")
    assert told("L’agence Nord-Ardrec ouvre.", ["Nord"], cardinal, source="L’agence Nord-Ardrec.") == ()
    assert told("Il file plein Nord.", ["Nord"], cardinal, source="L’agence Nord-Ardrec.")


def test_a_first_name_is_a_name_at_the_head_of_a_sentence_too():
    assert told("Xhemal Zbrin vote.", ["Xhemal"], TYPO) == ()


@pytest.mark.parametrize(
    ("word", "proposed"),
    [
        ("désimperméabilisation", "dés imperméabilisation"),
        ("narcobanditisme", "narco banditisme"),
        ("fintech", "FinTech"),
        ("deepfakes", "keepsakes"),
        ("PLUi", "Plus"),
        ("Zac", "ZAC"),
    ],
)
def test_a_new_word_of_the_press_is_right(word, proposed):
    assert told(f"On parle de {word} ici.", [word], TYPO, replacements=[proposed]) == ()


def test_a_slip_is_no_new_word():
    for slip, proposed in [("efficasse", "efficace"), ("Lyonn", "Lyon")]:
        [finding] = told(f"{slip} ici.", [slip], TYPO, replacements=[proposed])
        assert finding.severity == "warn"


def test_a_word_near_none_of_the_dictionary_only_informs():
    [finding] = told("On parle de glumping ici.", ["glumping"], TYPO, replacements=["camping"])
    assert finding.severity == "info"
    [finding] = told("On parle de zubéroïsme ici.", ["zubéroïsme"], TYPO, replacements=[])
    assert finding.severity == "info"


def test_whether_a_compound_has_grown_together_only_informs():
    rule = ("TIRET", "CAT_TYPOGRAPHIE")
    [finding] = told("Les vélos-cargos roulent.", ["vélos-cargos"], rule, replacements=["vélos cargos"])
    assert finding.severity == "info"
    assert told("Un rendez vous.", ["rendez vous"], rule, replacements=["rendez-vous"])[0].severity == "warn"


@pytest.mark.parametrize(
    "text",
    [
        "Hier, Xhemal Zbrin est venu.",
        "Le chef Zbrin-Ulk est venu.",
        "L’Ulkie vote.\n\nDepuis, l’Ulkie attend.",
        "XKZT se réunit.",
    ],
)
def test_a_name_is_no_mistake(text):
    words = [w for w in ("Xhemal Zbrin", "Zbrin-Ulk", "Ulkie", "XKZT") if w in text]
    assert told(text, words, TYPO) == ()


def test_a_name_at_the_head_of_a_sentence_is_known_from_elsewhere():
    assert told("Zbrin vote. On attend Zbrin.", ["Zbrin"], TYPO) == ()
    assert told("Zbrin vote.", ["Zbrin"], TYPO, names=["Ada Zbrin"]) == ()
    assert len(told("Zbrin vote.", ["Zbrin"], TYPO)) == 1
    assert len(told("Il dit : «\u00a0Zbrin vote.\u00a0»", ["Zbrin"], TYPO, source="Rien.")) == 1


def test_what_a_source_says_between_quotation_marks_only_informs():
    text = "Il dit : « ils vient demain ». Ils vient."
    said = told(text, ["ils vient", "Ils vient"], source="Le maire : “Ils vient demain”, dit-il.")
    assert [f.severity for f in said] == ["info", "warn"]
    invented = told(text, ["ils vient"], source="Le maire se tait.")
    assert [f.severity for f in invented] == ["warn"]


def test_a_block_quotation_of_a_source_only_informs():
    assert told("> Ils vient demain.", ["vient"], source="Ils vient demain.")[0].severity == "info"


def test_spaces_and_signs_are_left_to_the_typography():
    assert told("Il est 3h30.", ["3h30"], ("HEURES", "CAT_TYPOGRAPHIE"), replacements=["3 h 30"]) == ()
    assert told("Il vint ,hier.", [" ,"], ("COMMA", "TYPOGRAPHY"), replacements=[", "]) == ()
    hyphen = told("Il est peut être là.", ["peut être"], replacements=["peut-être"])
    assert [f.code for f in hyphen] == ["GRA001"]


def test_a_heading_needs_no_full_stop_and_an_item_no_capital():
    assert told("# Il vient à Kiev", ["Kiev"], ("POINT", "PONCTUATION_POINT"), replacements=["Kiev."]) == ()
    capital = ("UPPERCASE_SENTENCE_START", "CASING")
    assert told("- un point", ["un"], capital, replacements=["Un"]) == ()
    assert told("un point.", ["un"], capital, replacements=["Un"])


def test_a_remark_whose_ground_the_engine_cannot_see_only_informs():
    assert told("La Suède, qui suit, ont promis.", ["ont"])[0].severity == "info"
    assert told("La Suède ont promis.", ["ont"])[0].severity == "warn"
    head = told("Venus de loin, ils votent.", ["Venus"], ("ADJ_GN", "AGREEMENT"))
    assert head[0].severity == "info"


@pytest.mark.parametrize("space", [" ", "\u00a0", "\u202f"])
def test_a_lawyers_title_is_known_by_any_space(space):
    text = f"Selon Me{space}Agathe Perrin, tout va."
    [finding] = told(text, [f"Me{space}Agathe"], ("ELISION", "CAT_ELISION"), replacements=["M'Agathe"])
    assert (finding.severity, finding.fix) == ("info", None)


@pytest.mark.parametrize(
    ("said", "rule", "proposed", "fix"),
    [
        ("La administration", "ELISION", ["L'administration"], "L’administration"),
        ("de élus", "ELISION", ["d'élus"], "d’élus"),
        ("que on", "ELISION", ["qu'on"], "qu’on"),
        ("La Ukraine", "ELISION", ["L'Ukraine"], None),
        ("que Habitat", "ELISION", ["qu'Habitat"], None),
        ("de de", "FRENCH_WORD_REPEAT_RULE", ["de"], "de"),
        ("nous nous", "FRENCH_WORD_REPEAT_RULE", ["nous"], None),
        ("la la maison", "DUPLICATE_DETERMINER", ["la maison", "les maisons"], "la maison"),
        ("les maison", "D_N", ["les maisons"], None),
    ],
)
def test_only_what_is_certain_has_a_fix(said, rule, proposed, fix):
    category = "CAT_ELISION" if rule == "ELISION" else "CAT_GRAMMAIRE"
    [finding] = told(f"{said} attend.", [said], (rule, category), replacements=proposed)
    assert finding.fix == fix


def test_a_fix_never_takes_marks_away():
    [finding] = told("On dit *de* de.", ["de de"], ("FRENCH_WORD_REPEAT_RULE", "X"), replacements=["de"])
    assert finding.fix is None


def test_without_an_engine_no_piece_is_ready():
    def broken(_):
        raise GrammarUnavailable("No Java was found.", "Install one.")

    document = parse("# Un titre\n\nUn texte.")
    proof = grammar.proofread(document, broken)
    assert proof == NotRun("GRA", "No Java was found. Install one.")
    result = examine(Manuscript(document, Brief(words=1), None, proof))
    assert proof in result.not_run
    assert result.verdict == "needs_work"
    assert "grammar_per_1000" not in dict(result.metrics)


@given(st.text(alphabet=st.sampled_from("aÉ. «»\"'’-"), max_size=80), st.data())
def test_any_remark_finds_a_place_that_shows_its_text(text, data):
    document = parse(text)
    sent = grammar.parts(document)
    matches = []
    for part in sent:
        start = data.draw(st.integers(0, len(part.text) - 1))
        end = data.draw(st.integers(start + 1, len(part.text)))
        rule, category = data.draw(st.sampled_from([VERB, TYPO]))
        matches.append((Match(start, end, rule, category, "Non.", ("x",)),))
    for finding in grammar.findings(Manuscript(document, Brief()), sent, matches):
        place = finding.where
        assert place
        assert text[place.start : place.end] == place.text


@pytest.mark.parametrize("check", grammar.CHECKS, ids=lambda c: c.code)
def test_the_recorded_examples_are_what_the_real_engine_says(check):
    def fields(proof):
        return [(m.start, m.end, m.rule, m.category, m.replacements) for part in proof for m in part]

    assert fields(proofread(check.bad.text).proof) == fields(check.bad.proof)
    assert fields(proofread(check.good.text).proof) == []


@pytest.mark.parametrize("name", PLANTED)
def test_planted_mistakes_are_found_where_they_stand_and_block(name):
    text = (ROOT / "tests" / "reference" / f"{name}.md").read_text(encoding="utf-8")
    text, places = plant(text, PLANTED[name])
    manuscript = proofread(text, ROOT / "seeds" / f"{name}.txt")
    blocking = [f.where for f in grammar.find_grammar(manuscript) if f.severity == "block" and f.where]
    found = [any(w.start < end and start < w.end for w in blocking) for start, end in places]
    assert sum(found) >= 10
    assert len(blocking) == sum(found)


@pytest.mark.parametrize("path", REFERENCES, ids=lambda p: p.stem)
def test_a_good_piece_has_no_remark_that_counts(path):
    manuscript = proofread(path.read_text(encoding="utf-8"), ROOT / "seeds" / f"{path.stem}.txt")
    assert grammar.rate(manuscript) == 0


@pytest.mark.parametrize(
    ("text", "marked", "rule"),
    [
        ("Il a été condamné à trois ans, dont deux ferme.", "deux ferme", ("D_N", "AGREEMENT")),
        ("Avertie, la milieu de terrain est suspendue.", "la milieu", ("D_N", "AGREEMENT")),
        ("La ville a 17 millions d’investissement.", "investissement", ("ACCORD_CENTAINE_DE", "AGREEMENT")),
        ("Quatre secondes au moins se sont écoulées.", "moins se", ("SE_CE", "CAT_HOMONYMES_PARONYMES")),
    ],
)
def test_what_courts_sport_and_budgets_say_rightly_is_only_told(text, marked, rule):
    assert [f.severity for f in told(text, [marked], rule)] == ["info"]


@pytest.mark.parametrize(
    ("text", "marked", "rule"),
    [
        ("Il tient deux grande fermes.", "deux grande", ("D_N", "AGREEMENT")),
        ("Au bord de la fleuve, on attend.", "la fleuve", ("D_N", "AGREEMENT")),
        ("Une centaine d’habitant a défilé.", "habitant", ("ACCORD_CENTAINE_DE", "AGREEMENT")),
        ("Pour cela, se sont des erreurs.", "se", ("SE_CE", "CAT_HOMONYMES_PARONYMES")),
    ],
)
def test_the_same_rules_warn_of_what_is_wrong(text, marked, rule):
    assert [f.severity for f in told(text, [marked], rule)] == ["warn"]
