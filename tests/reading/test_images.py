import pytest

from pipeline.model import Image
from pipeline.stages.clean import clean
from pipeline.stages.ingest import read_bytes

TEXT = "<p>Le marché de la gare a rouvert samedi 14 mars 2026 après deux ans de travaux et quelques mois de retard, devant une foule de curieux venus tôt le matin.</p><p>La mairie a financé la rénovation pour 164 000 euros. « Nous avons tenu parole », a déclaré la maire, Hélène Vasseur, devant les commerçants réunis.</p>"


def images(figure, ref="https://a.example/une/page.html"):
    page = f"<html><body><article><h1>Le marché de la gare rouvre</h1>{figure}{TEXT}</article></body></html>"
    return clean(read_bytes(page.encode(), ref, "text/html")).images


def figure(caption, src="/v.jpg", alt="La halle"):
    return f'<figure><img src="{src}" alt="{alt}"><figcaption>{caption}</figcaption></figure>'


@pytest.mark.parametrize(
    ("caption", "credit", "rest"),
    [
        ("La halle samedi. Photo : Anne Roux / AFP", "Anne Roux / AFP", "La halle samedi."),
        ("La halle samedi. (Crédits : Anne Roux)", "Anne Roux", "La halle samedi."),
        ("La halle samedi © Reuters", "Reuters", "La halle samedi"),
        ("© Reuters", "Reuters", None),
        ("La halle. Crédit photo : Ville de Brest.", "Ville de Brest.", "La halle."),
    ],
)
def test_an_image_keeps_its_text_and_its_credit(caption, credit, rest):
    assert images(figure(caption)) == (Image("https://a.example/v.jpg", "La halle", credit, rest),)


@pytest.mark.parametrize(
    "markup",
    [
        figure("La halle samedi."),
        figure("© AFP", alt=""),
        figure("© AFP", src="data:image/png;base64,x"),
        figure("© AFP", src="javascript:x"),
        figure("© AFP", src="http://[::"),
        figure("© AFP", src=""),
        '<img src="/v.jpg" alt="La halle">',
    ],
)
def test_an_image_without_text_credit_or_address_is_not_kept(markup):
    assert images(markup) == ()


def test_a_relative_address_without_a_page_leads_nowhere():
    assert images(figure("© AFP"), ref="page.html") == ()
