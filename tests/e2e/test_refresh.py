"""A refresh as a newsroom runs it: what is due, what is written again, and what keeps its bytes."""

import json
import shutil
from contextlib import closing

import pytest
import yaml

from pipeline.ledger import Ledger
from tests.e2e.marbre import NOW, SEEDS, bytes_of, marbre
from tests.model_server import ModelServer
from tests.model_server.answers import Answer

LATER = "2026-02-03T09:00:00+01:00"
CHANGED = "002_44b7f2dba8646b0b.txt"
QUIET = "004_1ac56a06fa62bc08.txt"  # no word in its piece ages
SLUG = "offensive-ukrainienne"
NEWS = (
    "Offensive ukrainienne : Jens Stoltenberg compte 27 villages repris\n\n"
    "Jens Stoltenberg a dit jeudi à Bruxelles que l’offensive ukrainienne avait permis de reprendre 27 villages. Joe Biden, "
    "qui l’a reçu à la Maison Blanche, a promis que l’Otan soutiendrait l’Ukraine.\n\n"
    "Le secrétaire général de l’Otan a ajouté que l’offensive ukrainienne continuerait cet été. L’Otan se réunit à Vilnius.\n"
)
UNREAD = {"MARBRE_GRAMMAR": "false"}


def words(folder, server, *more):
    asked = ("--base-url", server.base_url, "--model", "scripted", "--format", "json")
    return (*more, "--out", folder / "out", *asked)


def refresh(folder, server, *more, now=LATER):
    return marbre("refresh", *words(folder, server), "--now", now, *more, **UNREAD)


def front(folder, slug=SLUG):
    text = (folder / "out" / slug / "article.md").read_text(encoding="utf-8")
    return yaml.safe_load(text.split("---\n")[1])


def said(path):
    """What a file says, its no-break spaces as spaces."""
    return path.read_text(encoding="utf-8").replace("\u00a0", " ")


def kinds(server):
    return [call.kind for call in server.calls]


def times(folder):
    return {p: p.stat().st_mtime_ns for p in folder.rglob("*") if p.is_file() and ".marbre" not in p.parts}


def change(folder, name=CHANGED, was="325 millions", now="410 millions"):
    path = folder / "in" / name
    text = path.read_text(encoding="utf-8")
    assert was in text
    path.write_text(text.replace(was, now), encoding="utf-8")


@pytest.fixture(scope="module")
def batch(tmp_path_factory):
    """The five seeds, written by the scripted model."""
    folder = tmp_path_factory.mktemp("written")
    shutil.copytree(SEEDS, folder / "in")
    with ModelServer() as server:
        ran = marbre(*words(folder, server, "batch", folder / "in"), "--now", NOW, **UNREAD)
    assert ran.json["totals"]["written"] == 5, ran.err
    return folder


@pytest.fixture
def written(batch):
    """Where the batch was written, as it was when the test began: the ledger knows sources by their paths."""
    kept = batch.with_name(f"{batch.name}-kept")
    shutil.copytree(batch, kept, copy_function=shutil.copy2)
    yield batch
    shutil.rmtree(batch)
    kept.rename(batch)


def test_nothing_due_asks_no_model_and_writes_no_byte(written):
    before, seen = bytes_of(written / "out"), times(written)
    with ModelServer() as server:
        dry = marbre("refresh", "--out", written / "out", "--dry-run", "--now", LATER, **UNREAD)
        ran = refresh(written, server)
        assert server.calls == ()
    assert (dry.code, ran.code) == (0, 0), ran.err
    assert [line.split(":")[0] for line in dry.out.splitlines()] == ["not due"] * 5
    assert {p["status"] for p in ran.json["pieces"]} == {"unchanged"}
    assert {p["why"] for p in ran.json["pieces"]} == {"nothing changed"}
    assert (bytes_of(written / "out"), times(written)) == (before, seen)


def test_one_figure_changed_rewrites_that_section_of_that_piece(written):
    before, seen = bytes_of(written / "out"), times(written)
    change(written)
    with ModelServer() as server:
        dry = refresh(written, server, "--dry-run")
        assert [p["folder"].rsplit("/", 1)[-1] for p in dry.json["pieces"] if p["due"]] == [SLUG]
        assert server.calls == ()
        ran = refresh(written, server)
        assert kinds(server) == ["refresh"]
        again = refresh(written, server, now="2026-02-04T09:00:00+01:00")
        assert len(server.calls) == 1
    assert again.code == 0
    (piece,) = [p for p in ran.json["pieces"] if p["status"] == "written"]
    assert piece["why"].startswith("source_changed: S1, 1 paragraphe modifié")
    assert ran.json["totals"]["unchanged"] == 4
    after = bytes_of(written / "out")
    others = {n for n in after if not n.startswith((SLUG, "index.html", "feed.xml"))}
    assert {n: after[n] for n in others} == {n: before[n] for n in others}
    assert {n: times(written)[written / "out" / n] for n in others} == {
        n: seen[written / "out" / n] for n in others
    }
    old, new = (told[f"{SLUG}/article.md"].decode() for told in (before, after))
    sections = {s.split("\n")[0]: s for s in old.split("\n## ")[1:]}
    changed = [s.split("\n")[0] for s in new.split("\n## ")[1:] if s != sections.get(s.split("\n")[0])]
    assert changed == [
        "Washington annonce 410\u00a0millions de dollars pendant l’offensive ukrainienne",
        "Sources",
    ]


def test_slug_and_first_day_stay_the_last_day_moves_and_readers_are_told_why(written):
    change(written)
    with ModelServer() as server:
        refresh(written, server)
        batch = marbre(*words(written, server, "batch", written / "in"), "--now", LATER, **UNREAD)
        assert len(server.calls) == 1, "the batch after it finds every piece as it wants it"
    assert batch.json["totals"]["unchanged"] == 5
    told = front(written)
    assert (told["slug"], told["date_published"], told["date_modified"]) == (SLUG, NOW, LATER)
    line = "Mise à jour du 3\u00a0février 2026\u00a0: 410 millions de dollars au lieu de 325 millions de dollars."
    assert " ".join(told["update"].split()) == " ".join(line.split())
    place = written / "out" / SLUG
    page = said(place / "article.html")
    assert page.count("au lieu de") == 1
    assert f'"dateModified": "{LATER}"' in page
    assert "Mis à jour le" in page
    history = place / "history" / "1"
    assert "325 millions" in said(history / "article.md")
    difference = said(history / "difference.txt")
    assert "- Le département d’État a annoncé une nouvelle enveloppe de 325 millions" in difference
    assert json.loads((history / "why.json").read_text())["why"].startswith("source_changed")


def test_a_figure_of_background_reaches_every_piece_that_tells_it(written):
    change(written, QUIET, "150 milliards", "170 milliards")
    slugs = ("aide-americaine-ukraine", "aide-militaire-ukraine", "reunion-de-ramstein")
    with ModelServer() as server:
        ran = refresh(written, server)
        assert kinds(server) == ["refresh"] * len(server.calls)
    done = {
        p["folder"].rsplit("/", 1)[-1]: p["why"].split(":")[0]
        for p in ran.json["pieces"]
        if p["status"] == "written"
    }
    assert done == dict(zip(slugs, ("related_changed", "related_changed", "source_changed"), strict=True))
    texts = [said(written / "out" / slug / "article.md") for slug in slugs]
    assert [text.split("Mise à jour du 3 février 2026 : ")[-1].split(".")[0] for text in texts] == [
        "170 milliards de dollars au lieu de 150 milliards de dollars"
    ] * 3
    assert not any("150 milliards" in text.split("---\n", 2)[2].split("## Sources")[0] for text in texts)


def test_a_later_article_of_the_folder_gives_its_facts_to_the_section_that_speaks_of_them(written):
    related = written / "related"
    related.mkdir()
    news = related / "vilnius.txt"
    news.write_text(NEWS, encoding="utf-8")
    with ModelServer() as server:
        ran = refresh(written, server, "--related", related)
        shown = [p["why"] for p in ran.json["pieces"] if p["why"] != "nothing changed"]
        again = refresh(written, server, "--related", related)
    shutil.rmtree(related)
    assert any(why.startswith("new_related: « Offensive ukrainienne") for why in shown), shown
    assert not [p for p in again.json["pieces"] if p["status"] == "written"]


def test_an_acknowledgement_of_a_changed_sentence_falls_and_of_another_stays(written):
    article = written / "out" / SLUG / "article.md"
    report = json.loads(article.with_name("report.json").read_text())
    sentence = next(
        e for e in report["evidence"] if "325\u00a0millions" in e["text"] and e["text"].startswith("Le dép")
    )
    from pipeline.checks.acknowledged import key_of

    kept = next(e for e in report["evidence"] if e["text"].startswith("Dans le même temps"))
    entries = [
        {"code": code, "sentence": key_of(e["text"]), "by": "A", "when": "2026-02-01", "why": "Vu."}
        for code, e in (("FID004", sentence), ("LIS001", kept))
    ]
    article.with_name("acknowledged.yaml").write_text(yaml.safe_dump(entries))
    change(written)
    with ModelServer() as server:
        refresh(written, server)
    told = [
        f
        for f in json.loads(article.with_name("report.json").read_text())["findings"]
        if f["code"] == "ACK001"
    ]
    assert any("FID004" in f["message"] for f in told)
    assert article.with_name("acknowledged.yaml").is_file()
    text = article.read_text(encoding="utf-8")
    assert key_of(kept["text"]) in {
        key_of(e["text"]) for e in json.loads(article.with_name("report.json").read_text())["evidence"]
    }
    assert sentence["text"] not in text


def test_a_review_that_a_refresh_puts_an_end_to_is_said_before_and_after(written):
    place = written / "out" / SLUG
    assert marbre("review", place, "--by", "Anne Petit", "--now", LATER).code == 0
    report = json.loads((place / "report.json").read_text())
    from pipeline.checks.acknowledged import key_of

    falls, stays = (
        next(e["text"] for e in report["evidence"] if e["text"].startswith(start))
        for start in ("Le dép", "Dans le")
    )
    entry = {"code": "FID004", "by": "A", "when": "2026-02-01", "why": "Vu."}
    told = yaml.safe_dump([entry | {"sentence": key_of(text)} for text in (falls, stays)])
    (place / "acknowledged.yaml").write_text(told)
    quiet = marbre("refresh", "--out", written / "out", "--dry-run", "--now", LATER, **UNREAD)
    assert "review" not in quiet.out, "what is not due keeps its review"
    change(written)
    with ModelServer() as server:
        dry = marbre("refresh", *words(written, server)[:-2], "--dry-run", "--now", LATER, **UNREAD)
        ran = refresh(written, server)
    review = "the review by Anne Petit of 2026-02-03"
    (line,) = [line for line in dry.out.splitlines() if line.startswith("due")]
    assert line.endswith(
        f"; {review} would no longer hold; 2 acknowledgements would hold only where the sentence stays"
    )
    (piece,) = [p for p in ran.json["pieces"] if p["status"] == "written"]
    fell = [f"{review} no longer holds", "1 acknowledgement no longer holds, the sentence has changed"]
    assert piece["fell"] == fell
    assert ran.err.count(f"{review} no longer holds") == 1
    assert json.loads((place / "report.json").read_text())["fell"] == fell
    assert f"Since this version, {fell[0]}." in (place / "report.html").read_text()
    assert json.loads((place / "history/1/why.json").read_text())["fell"] == fell


def test_white_space_typography_and_a_touched_file_are_no_change(written):
    before, seen = bytes_of(written / "out"), times(written / "out")
    for path in (written / "in").glob("*.txt"):
        text = path.read_text(encoding="utf-8")
        path.write_text(
            text.replace("’", "'").replace("\n\n", "\n\n\n").replace(" :", "\u00a0:"), encoding="utf-8"
        )
    with ModelServer() as server:
        ran = refresh(written, server)
        assert server.calls == ()
    assert ran.code == 0
    assert (bytes_of(written / "out"), times(written / "out")) == (before, seen)


def test_an_edited_piece_is_told_and_left_alone_until_it_may_be_replaced(written):
    article = written / "out" / SLUG / "article.md"
    text = article.read_text(encoding="utf-8").replace("## Washington annonce", "## Hier, Washington annonce")
    article.write_text(text, encoding="utf-8")
    change(written)
    with ModelServer() as server:
        ran = refresh(written, server)
        assert (ran.code, server.calls) == (3, ())
        assert article.read_text(encoding="utf-8") == text
        (piece,) = [p for p in ran.json["pieces"] if "edited" in p["why"]]
        assert piece["status"] == "unchanged"
        refresh(written, server, "--overwrite-edited")
    assert "410 millions" in said(article)
    assert "Hier, Washington" in said(article.parent / "history" / "1" / "article.md")


def test_a_source_that_is_gone_is_told_and_its_piece_stays(written):
    (written / "in" / CHANGED).unlink()
    ran = marbre("refresh", "--out", written / "out", "--dry-run", "--now", LATER, **UNREAD)
    assert ran.code == 0
    assert f"not due: {SLUG}: its source cannot be read: There is no such file." in ran.out


def laconic(answer, prompt):
    """A model that gives a heading and no more to say."""
    if prompt.goal == "plan":
        return answer
    return Answer(f"{answer.text.splitlines()[0]}\n\nLe texte est trop court pour dire quoi que ce soit.")


def test_a_new_text_that_fails_is_not_kept_told_and_not_tried_again(written):
    change(written)
    before = bytes_of(written / "out")
    with ModelServer(twist=lambda answer, prompt, _: laconic(answer, prompt)) as server:
        ran = refresh(written, server)
        tried = len(server.calls)
        again = refresh(written, server)
        assert len(server.calls) == tried
    assert (ran.code, again.code) == (3, 3)
    (piece,) = [p for p in ran.json["pieces"] if p["why"] != "nothing changed"]
    assert piece["verdict"] == "needs_work"
    assert "so the version there is stays" in piece["why"]
    assert "tried before" in again.out
    assert bytes_of(written / "out") == before


def test_without_a_model_a_written_piece_is_not_replaced(written):
    change(written)
    before = bytes_of(written / "out")
    ran = marbre("refresh", "--out", written / "out", "--now", LATER, "--format", "json", **UNREAD)
    assert ran.code == 4
    assert [p["error"]["code"] for p in ran.json["pieces"] if p["error"]] == ["needs_a_model"]
    assert bytes_of(written / "out") == before


def test_a_working_draft_is_arranged_again(tmp_path):
    shutil.copytree(SEEDS, tmp_path / "in")
    told = ("--out", tmp_path / "out", "--format", "json")
    marbre("batch", tmp_path / "in", *told, "--now", NOW, **UNREAD)
    change(tmp_path)
    ran = marbre("refresh", *told, "--now", LATER, **UNREAD)
    assert ran.code == 3
    assert [p["status"] for p in ran.json["pieces"] if "source_changed" in p["why"]] == ["written"]
    assert "410 millions" in "".join(said(p) for p in (tmp_path / "out").glob("*/article.md"))
    again = marbre("refresh", *told, "--now", LATER, **UNREAD)
    assert (again.code, again.json["totals"]["written"]) == (0, 0)


def test_of_several_due_at_most_so_many_are_done(written):
    for name, was, now in (
        (CHANGED, "325 millions", "410 millions"),
        (QUIET, "Ramstein", "Ramstein-Miesenbach"),
    ):
        change(written, name, was, now)
    with ModelServer() as server:
        ran = refresh(written, server, "--limit", "1")
    due = [p["why"] for p in ran.json["pieces"] if p["why"] != "nothing changed"]
    assert len(due) > 1
    assert sum("left for a later run" in why for why in due) == len(due) - 1


def test_a_forgotten_source_is_forgotten_here_too(written):
    path = written / "in" / CHANGED
    assert marbre("forget", path, "--out", written / "out").code == 0
    with closing(Ledger(f"sqlite:///{written / 'out/.marbre/ledger.sqlite3'}")) as ledger:
        from pipeline.origins import all_known, articles_of

        theirs = [
            (k.row.slug, o.number) for k in all_known(ledger) for o in k.origins if o.source == str(path)
        ]
        assert theirs
        assert not any(number in articles_of(ledger, slug) for slug, number in theirs)
        assert 1 in articles_of(ledger, "aide-americaine-ukraine")


def test_a_rerun_with_grammar_after_one_without_moves_no_date(written, tmp_path):
    """The run that can read grammar looks at each piece once more; where no word changes the date stays."""
    with ModelServer() as server:
        ran = marbre(*words(written, server, "batch", written / "in"), "--now", LATER)
    assert ran.json["totals"]["written"] == 5, ran.err
    dates = {front(written, p.parent.name)["date_modified"] for p in (written / "out").glob("*/article.md")}
    assert dates == {NOW}


def month_of(folder, server, month):
    """What a month brings: a figure in March and another in September, blank lines every time, nothing else."""
    quiet = folder / "in" / QUIET
    quiet.write_text(quiet.read_text(encoding="utf-8") + "\n" * month, encoding="utf-8")
    if month == 3:
        change(folder)
    if month == 9:
        change(folder, was="410 millions", now="455 millions")
    ran = refresh(folder, server, now=f"2026-{month:02}-10T09:00:00+02:00")
    pieces = [p for p in ran.json["pieces"] if p["status"] == "written"]
    return [(month, p["folder"].rsplit("/", 1)[-1], p["why"].split(":")[0]) for p in pieces]


def test_a_year_of_refreshes_writes_what_changed_and_dates_it_and_nothing_else(written):
    with ModelServer() as server:
        done = [each for month in range(2, 13) for each in month_of(written, server, month)]
        asked = kinds(server)
    assert done == [
        (3, "aide-americaine-ukraine", "stale_sign"),
        (3, SLUG, "source_changed"),
        (3, "stoltenberg-kiev", "stale_sign"),
        (9, SLUG, "source_changed"),
    ]
    assert asked == ["refresh"] * 5, "in March two sections of one piece"
    told = {p.parent.name: front(written, p.parent.name) for p in (written / "out").glob("*/article.md")}
    assert {each["date_published"] for each in told.values()} == {NOW}
    assert {slug: each["date_modified"] for slug, each in told.items() if each["date_modified"] != NOW} == {
        SLUG: "2026-09-10T09:00:00+02:00"
    }
    assert len(list((written / "out" / SLUG / "history").iterdir())) == 2


def test_no_ledger_is_a_word_about_the_folder(tmp_path):
    ran = marbre("refresh", "--out", tmp_path, **UNREAD)
    assert ran.code == 2
    assert "There is no ledger" in ran.err
    assert list(tmp_path.iterdir()) == []
