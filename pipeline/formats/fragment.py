"""The text alone as HTML, for a page that has its own headline and head."""

from pipeline.model import Site
from pipeline.pages.beside import own_pages
from pipeline.pages.edition import Edition
from pipeline.pages.render import as_seen, rendered


def fragment(edition: Edition, site: Site) -> str:
    """Everything below the headline, the list of sources included."""
    text = rendered(edition.markdown, boxed=False, own=own_pages(edition, site))
    return as_seen(f"{_figure(edition)}{text.lede}{text.body}{text.closing}")


def _figure(edition: Edition) -> str:
    from markupsafe import Markup

    image = edition.image
    if image is None:
        return ""
    told = f"{image.caption} " if image.caption else ""
    figure = Markup('<figure><img src="{}" alt="{}"><figcaption>{}Crédit\u00a0: {}</figcaption></figure>\n')
    return str(figure.format(image.src, image.alt, told, image.credit))
