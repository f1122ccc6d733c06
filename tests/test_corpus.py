import asyncio

import pytest

from pipeline import corpus
from pipeline.errors import EngineError
from pipeline.model import Article, Paragraph

NEWS = {
    "otan-1.txt": "Jens Stoltenberg a promis à Kiev le soutien de l’Otan. L’Alliance livrera des munitions et des missiles à "
    "l’Ukraine, a dit Stoltenberg devant Volodymyr Zelensky. Les alliés de l’Otan se réunissent vendredi à Ramstein, sur une base américaine "
    "en Allemagne, pour coordonner les livraisons.",
    "otan-2.txt": "À Ramstein, les alliés de l’Otan ont promis des missiles à l’Ukraine. Jens Stoltenberg veut plus de "
    "munitions pour Kiev. Le président Zelensky a remercié l’Alliance et Stoltenberg de leur soutien. "
    "Kiev attend encore des avions de combat et des systèmes de tirs de longue portée.",
    "piscine.txt": "La piscine de Valmont rouvrira au printemps. Le conseil municipal a voté un emprunt pour le bassin et "
    "les vestiaires. La maire Anne Petit promet des tarifs réduits aux familles de la commune de Valmont. "
    "Les nageurs du club iront cet hiver à la patinoire voisine, transformée pour eux.",
}


def folder(tmp_path, **more):
    for name, text in (NEWS | more).items():
        (tmp_path / name).write_text(text, "utf-8")
    return sorted(tmp_path.iterdir())


def test_articles_on_the_same_names_and_things_are_related_and_others_are_not(tmp_path):
    paths = folder(tmp_path)
    built = corpus.build(paths)
    own = corpus.read(tmp_path / "otan-1.txt")
    assert own
    assert [a.ref for a in built.related(own, tmp_path / "otan-1.txt", 3)] == [str(tmp_path / "otan-2.txt")]


def test_the_same_article_again_is_no_background(tmp_path):
    paths = folder(tmp_path, **{"copie.txt": NEWS["otan-1.txt"]})
    own = corpus.read(tmp_path / "otan-1.txt")
    assert own
    found = corpus.build(paths).related(own, tmp_path / "otan-1.txt", 3)
    assert str(tmp_path / "copie.txt") not in [a.ref for a in found]


def test_sources_that_cannot_be_used_are_left_out(tmp_path):
    paths = folder(tmp_path)
    (tmp_path / "vide.txt").write_bytes(b"")
    (tmp_path / "image.txt").write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(99))
    assert len(corpus.build(sorted(tmp_path.iterdir())).signatures) == len(paths)


def test_no_more_is_kept_of_an_article_than_a_few_hashes():
    words = " ".join(f"mot{n}" for n in range(5_000))
    long = Article("a", "0" * 64, None, "fr", (Paragraph("P1", words),))
    assert len(corpus.signature(long)) <= 60


def test_a_process_that_ends_while_it_reads_is_told_as_what_it_is(tmp_path):
    async def ended(*_, **__):
        raise EngineError("crew", "It ended.", "Run it again.")

    with pytest.raises(EngineError, match="It ended"):
        asyncio.run(corpus.build_by(ended, 2, folder(tmp_path)))
