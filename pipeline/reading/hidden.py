"""What a page holds that its reader does not see, or that is not its article: set aside, and listed."""

import re
from typing import Any

from pipeline.model import Removal
from pipeline.reading.blocks import squeeze
from pipeline.reading.decoding import tidy
from pipeline.text.language import word_set

_MACHINERY = frozenset({"script", "style", "template", "svg", "head", "title", "link", "meta"})
_TAGS = {
    "noscript": "shown only without scripts",
    "iframe": "another page inside the page",
    "form": "form", "button": "button", "input": "form", "select": "form", "textarea": "form", "label": "form",
    "canvas": "drawing", "object": "embedded object", "video": "video", "audio": "audio", "dialog": "dialog",
    "del": "struck out", "s": "struck out", "strike": "struck out",
    "nav": "navigation", "aside": "beside the article", "menu": "navigation",
}  # fmt: skip
_ROLES = {"navigation": "navigation", "complementary": "beside the article", "dialog": "dialog", "alertdialog": "dialog",
          "search": "form", "menu": "navigation", "banner": "site header", "contentinfo": "site footer"}  # fmt: skip
# Words of class and id. Those of the first group count on any element, the others on containers only:
# a paragraph `social-policy` or a quotation `related-quote` is text.
_ANYWHERE = word_set(
    "ad ads advert adverts advertisement advertising publicite pub paywall newsletter newsletters cookie cookies "
    "breadcrumb breadcrumbs consent sponsor sponsored share sharing"
)
_CONTAINERS = word_set(
    "related social comment comments commentaire commentaires promo sidebar menu modal popup nav navigation navbar "
    "toolbar subscribe subscription recommended recommendations recommendation outbrain taboola partage abonnement "
    "disqus rgpd gdpr cmp tags taglist pagination skip masthead topbar reactions teaser teasers"
)
_CONTAINER_TAGS = frozenset(
    {"div", "section", "ul", "ol", "dl", "table", "figure", "header", "footer", "article", "details"}
)
_TEXT_TAGS = word_set("p h1 h2 h3 h4 blockquote li td tr span")
_FOR_READERS_ALOUD = frozenset(
    {"sr-only", "visually-hidden", "screen-reader-text", "visuallyhidden", "screen-reader"}
)
_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])")

_FAR_OFF = r"(?:left|top|right|bottom|text-indent|margin-left|margin-top)\s{0,3}:\s{0,3}-\s{0,3}\d{3,6}(?:px|em|rem|pt|%|vw|vh)?"
_HIDES = re.compile(
    r"(?:^|[;{\s])(?:display\s{0,3}:\s{0,3}none|visibility\s{0,3}:\s{0,3}(?:hidden|collapse)|opacity\s{0,3}:\s{0,3}0?\.?0*(?:%|\b)(?![.\d])|"
    rf"font-size\s{{0,3}}:\s{{0,3}}0(?:\.0*)?(?:px|em|rem|pt|%|\b)(?![.\d])|{_FAR_OFF}|clip\s{{0,3}}:\s{{0,3}}rect\(\s{{0,3}}0|"
    r"clip-path\s{0,3}:\s{0,3}(?:inset\(\s{0,3}(?:50|100)%|circle\(0)|transform\s{0,3}:\s{0,3}scale\(\s{0,3}0\s{0,3}\))",
    re.IGNORECASE,
)
_COLOUR = re.compile(
    r"(?:^|[;\s])(?P<name>color|background(?:-color)?)\s{0,3}:\s{0,3}(?P<value>[^;!]{1,60})", re.IGNORECASE
)
_NO_SIZE = re.compile(
    r"(?:^|[;\s])(?:max-)?(?:height|width)\s{0,3}:\s{0,3}[01](?:px)?\s{0,3}(?:;|$)", re.IGNORECASE
)
_SAME = {
    "#fff": "white",
    "#ffffff": "white",
    "rgb(255,255,255)": "white",
    "#000": "black",
    "#000000": "black",
    "rgb(0,0,0)": "black",
}
_MOST_RULES = 3000


def set_aside(soup: Any, *, keep: Any, whole: bool) -> list[Removal]:
    """Takes out of the page what is no article, and lists it; the headline `keep` always stays.

    An element that holds most of the page's text is never furniture, whatever its class says.
    """
    from bs4 import Comment

    removed = [
        Removal(_text(str(note)), "comment in the page's code")
        for note in soup.find_all(string=lambda t: isinstance(t, Comment))
    ]
    removed = [removal for removal in removed if removal.text and not removal.text.startswith("[if")]
    for note in soup.find_all(string=lambda t: isinstance(t, Comment)):
        note.extract()
    by_rule = _hidden_by_rules(soup)
    for element in soup.find_all(list(_MACHINERY)):
        if element.name != "title" or element.find_parent("svg") or element.find_parent("head"):
            element.extract()
    sizes = _sizes(soup)
    for element in soup.find_all(True):
        if element.parent is None or element.name in {"html", "body"} or "data-gone" in element.attrs:
            continue
        why = _why_hidden(element, by_rule) or (None if whole else _why_furniture(element))
        if why is None or _holds(element, keep) or _is_most(element, sizes, hidden=why.startswith("hidden")):
            continue
        removed.append(Removal(_text(element.get_text(" ")), why))
        for child in element.find_all(True):
            child.attrs["data-gone"] = ""
        element.extract()
    return [removal for removal in removed if removal.text]


def _text(text: str) -> str:
    return squeeze(tidy(text)[0])[:2000]


def _holds(element: Any, keep: Any) -> bool:
    return keep is not None and (element is keep or any(parent is element for parent in keep.parents))


def _sizes(soup: Any) -> dict[int, int]:
    """How much paragraph text each element holds; all its text where a page has no paragraphs."""
    sizes: dict[int, int] = {}
    paragraphs = soup.find_all(["p", "blockquote"])
    strings = [paragraph.get_text(" ", strip=True) for paragraph in paragraphs]
    pairs = list(zip(paragraphs, strings, strict=True))
    if sum(map(len, strings)) < 400:
        pairs = [(string.parent, str(string).strip()) for string in soup.find_all(string=True)]
    for element, text in pairs:
        for node in (element, *element.parents):
            sizes[id(node)] = sizes.get(id(node), 0) + len(text)
    sizes[0] = sum(len(text) for _, text in pairs)
    return sizes


def _is_most(element: Any, sizes: dict[int, int], *, hidden: bool) -> bool:
    own, total = sizes.get(id(element), 0), sizes[0]
    # Hidden text is hidden however long it is, unless without it no article would be left.
    return own > max(total / 2, 200) and (not hidden or total - own < 400)


def _why_hidden(element: Any, by_rule: set[int]) -> str | None:
    attrs = element.attrs
    if "hidden" in attrs or str(attrs.get("aria-hidden", "")).lower() == "true":
        return "hidden from readers"
    if id(element) in by_rule:
        return "hidden by a style rule of the page"
    style = str(attrs.get("style", ""))
    if style and _hides(style):
        return "hidden by its style"
    return "hidden: for screen readers only" if _FOR_READERS_ALOUD & set(attrs.get("class") or ()) else None


def _hides(style: str) -> bool:
    if _HIDES.search(style):
        return True
    if _NO_SIZE.search(style) and "overflow" in style.lower():
        return True
    colours = {}
    for found in _COLOUR.finditer(style):
        value = "".join(found["value"].lower().split())
        colours["ink" if found["name"].lower() == "color" else "paper"] = _SAME.get(value, value)
    ink = colours.get("ink")
    return ink is not None and (ink == "transparent" or ink == colours.get("paper"))


def _hidden_by_rules(soup: Any) -> set[int]:
    """Elements that rules of the page's own <style> hide; rules for print or small screens do not count."""
    found: set[int] = set()
    rules = [rule for style in soup.find_all("style") for rule in style.get_text()[:500_000].split("}")]
    for rule in rules[:_MOST_RULES]:
        selector, brace, body = rule.partition("{")
        selector = selector.rpartition("*/")[2].strip()
        plain = (
            brace
            and "{" not in body
            and len(selector) < 300
            and not selector.startswith("@")
            and ":" not in selector
        )
        if not plain or not _hides(body):
            continue
        try:
            found.update(id(element) for element in soup.select(selector, limit=5000))
        except Exception:  # noqa: BLE001, S112
            # soupsieve raises several errors of its own; a selector it does not know hides nothing here.
            continue
    return found


def _why_furniture(element: Any) -> str | None:
    name, attrs = element.name, element.attrs
    if why := _TAGS.get(name) or _ROLES.get(str(attrs.get("role", "")).lower()):
        return why
    if name in {"header", "footer"}:
        return (
            None if element.find_parent(["article", "main"]) and name == "header" else f"{name} of the page"
        )
    told = " ".join((*(attrs.get("class") or ()), str(attrs.get("id", ""))))
    words = set(re.split(r"[-_\s:]+", _CAMEL.sub("-", told).lower()))
    if name in _TEXT_TAGS | _CONTAINER_TAGS and (hit := words & _ANYWHERE):
        return f"page furniture ({', '.join(sorted(hit))})"
    if name in _CONTAINER_TAGS and (hit := words & _CONTAINERS):
        return f"page furniture ({', '.join(sorted(hit))})"
    return None
