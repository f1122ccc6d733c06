from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from pipeline.checks.check import Manuscript
from pipeline.checks.typography import CHECKS
from pipeline.model import Brief
from pipeline.text.markdown import parse
from pipeline.text.typography import PROFILES, typeset

REFERENCE = Path(__file__).parents[1] / "reference"


def findings(text, brief=None):
    manuscript = Manuscript(parse(text), brief or Brief())
    return [f for check in CHECKS for f in check.find(manuscript)]


def mended(text):
    for finding in sorted((f for f in findings(text) if f.fix is not None), key=lambda f: -f.where.start):
        assert text[finding.where.start : finding.where.end] == finding.where.text != ""
        text = text[: finding.where.start] + finding.fix + text[finding.where.end :]
    return text


def test_each_check_finds_its_bad_example_only():
    for check in CHECKS:
        assert {f.code for f in check.find(Manuscript(parse(check.bad.text), Brief()))} == {check.code}
        assert findings(check.good.text) == []


def test_the_fixes_of_the_findings_are_the_pass():
    text = "---\ntitle: L'Etat : 10%\n---\r\n# L'Etat\r\n\r\n\"Oui\"! Mr Dupont **paie**; &quot;ok&quot;... A Paris.\r\n"
    assert mended(text) == typeset(text) != text
    assert [f for f in findings(mended(text)) if f.code == "TYP003"] == []


@given(st.text(alphabet=st.sampled_from(list("aé '\"«»!?;:.,-–\r\n*&\\12%€")), max_size=80))
def test_every_finding_points_at_its_text(text):
    for finding in findings(text):
        assert finding.where is not None
        assert text[finding.where.start : finding.where.end] == finding.where.text != ""


def test_invisible_spaces_are_called_by_name():
    messages = [f.message for f in findings("# Titre\n\nQuoi ? 10%")]
    assert messages[0] == "Space before ; ! ?: “Quoi[space]?” → “Quoi[narrow no-break space]?”."
    assert "“10%” → “10[no-break space]%”" in messages[1]


def test_what_the_pass_could_not_settle_blocks():
    found = findings('# Titre\n\nIl a dit « oui, puis “non" et 12,000.')
    assert {(f.code, f.severity, f.fix) for f in found if f.severity == "block"} == {
        ("TYP001", "block", None)
    }
    assert [f.where.text for f in found if f.code == "TYP002"] == ["12,000"]


def test_dashes_of_quotations_and_dialogue_are_not_the_writers():
    assert findings("# T\n\n– Oui.\n\n– Non.\n\n– Si.\n\n«\u00a0a –\u00a0b\u00a0– c – d\u00a0»") == []
    found = findings("# T\n\nUn – deux. Trois – quatre. Cinq – six. Sept – huit.")
    assert [(f.code, f.severity) for f in found] == [("TYP004", "info")]
    assert found[0].message.startswith("4 dashes")


def test_reference_pieces_have_no_finding():
    for path in REFERENCE.glob("*.md"):
        assert findings(path.read_text(encoding="utf-8")) == []


def test_the_profile_comes_from_the_brief_when_it_names_one():
    text = "# Titre\n\nQuoi?"
    assert [f.code for f in findings(text)] == ["TYP003"]
    assert findings(text, Brief(typography="quebec")) == []
    assert typeset(text, PROFILES["quebec"]) == text
