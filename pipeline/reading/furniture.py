"""Page furniture: what stands in a document without being part of its article, as a list of patterns.

Each value says why it is removed, shows examples, and shows sentences of articles that look alike and stay.
A pattern takes a whole short block, or a precisely bounded edge of one; named groups (`publisher`, `author`,
`date`, `licence`, `place`) go into the credit of the article.
"""

import re
from dataclasses import dataclass
from typing import Literal

from pipeline.text.rare import bears, compiled

_MONTH = (
    r"(?:janv(?:ier)?|févr?(?:ier)?|mars|avr(?:il)?|mai|juin|juil(?:let)?|août|sept(?:embre)?|oct(?:obre)?|nov(?:embre)?|"
    r"déc(?:embre)?|january|february|march|april|may|june|july|august|september|october|november|december)\.?"
)
_DAY = r"(?:(?:lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche|lun|mar|mer|jeu|ven|sam|dim)\.?,? )?"
_HOUR = r"(?:,? ?(?:à |at |- |– |\| )?\d{1,2} ?[h:] ?\d{0,2}(?::\d\d)?(?: ?(?:am|pm|gmt|cet))?)?"
_DATE = (
    rf"(?:{_DAY}(?:\d{{1,2}}(?:er)? {_MONTH}(?: \d{{4}})?|\d{{1,2}}[/.-]\d{{1,2}}[/.-]\d{{2,4}}|\d{{4}}-\d\d-\d\d|"
    rf"{_MONTH} \d{{1,2}},? \d{{4}}){_HOUR}|(?:il y a|about) \d{{1,3}} \w{{1,9}}|aujourd'hui{_HOUR}|hier{_HOUR})"
)
_NAME = r"(?-i:[A-ZÀ-ÖØ-Þ][\w'’.&-]{0,30}|de|du|des|d'|la|le|of|van|von|el|al)"
_PERSON = rf"(?-i:[A-ZÀ-ÖØ-Þ])[\w'’.-]{{0,30}}(?: {_NAME}){{1,4}}"
_PEOPLE = rf"{_PERSON}(?:(?:, | et | & | and ){_PERSON}){{0,3}}"
AGENCIES = (
    "AFP", "Agence France-Presse", "Reuters", "AP", "Associated Press", "ATS", "Keystone-ATS", "Belga", "EFE", "ANSA",
    "DPA", "Xinhua", "TASS", "APS", "MAP", "TAP", "Bloomberg", "PA", "La Presse Canadienne", "AWP", "ETX", "Kyodo",
    "Anadolu", "Ukrinform", "AIB", "APA", "ACP", "Panapress", "Relaxnews", "AFP-Relaxnews",
)  # fmt: skip
_AGENCY = (
    "(?-i:" + "|".join(re.escape(name) for name in sorted(AGENCIES, key=len, reverse=True)) + r")(?![\w-])"
)
_OUTLET = rf"(?-i:[A-ZÀ-ÖØ-Þ0-9])[\w'’.&+-]{{0,30}}(?: (?:{_NAME}|\d{{1,3}})){{0,4}}"
_NETWORK = (
    r"(?:facebook|twitter|x|instagram|linkedin|whats ?app|telegram|tik ?tok|youtube|pinterest|messenger|bluesky|threads|mastodon|"
    r"google (?:news|actualités|discover)|snapchat|e-?mail|mail|flipboard|pocket|reddit)"
)


@dataclass(frozen=True, slots=True)
class Furniture:
    """A kind of line that is no part of an article."""

    why: str
    wording: str
    """The pattern, compiled when a line first bears its sign."""
    examples: tuple[str, ...]
    stays: tuple[str, ...] = ()
    edge: Literal["whole", "start", "end"] = "whole"
    """Takes a whole block, or its beginning or end."""
    part: Literal["any", "top", "above", "bottom", "last"] = "any"
    """Where in the document it may stand; `above` wants prose after it, `last` nothing."""
    sign: str = ""
    """What any match bears, in lower case; of a whole block, also where."""

    def may_be(self, low: str) -> bool:
        """False when the text, `lowered`, lacks the sign."""
        return not self.sign or bears(self.sign, low)

    @property
    def pattern(self) -> re.Pattern[str]:
        return compiled(self.wording)


def _furniture(
    why: str, pattern: str, examples: tuple[str, ...], stays: tuple[str, ...] = (), **place: str
) -> Furniture:
    return Furniture(why, pattern, examples, stays, **place)  # type: ignore[arg-type]


DATE = re.compile(_DATE, re.IGNORECASE)

LONGEST = 320
"""No block longer than this is furniture as a whole; edges are looked for in this many characters."""

FURNITURE: tuple[Furniture, ...] = (
    _furniture(
        "date of publication",
        r"(?:(?>(?:article |dépêche |(?:dernière )?mise? (?:à|a) jour|publiée?|modifiée?|actualisée?|postée?|mis en ligne|diffusée?|créée?|"
        r"maj|published|updated|last updated|posted|created|modified|mis à jour)(?: (?:le|on|at|par la rédaction))?"
        rf"[ :]{{0,3}}(?:(?P<date>{_DATE})|{_DATE})?[ ,;|·•()/–-]{{0,4}}(?:{_HOUR}))){{1,4}}\.?",
        (
            "Publié le: Modifié:",
            "Publié le 12 mai 2023 à 10h32",
            "Mis à jour le 03/04/2024 à 18:05",
            "Published on May 3, 2024",
        ),
        ("Publié le 12 mai, le décret entre en vigueur lundi.", "Publié en 1862, le roman fit scandale."),
        sign=r"\A(?:article |dépêche |dernière |mis|publi|modif|actualis|post|diffus|cré|maj|updated|last |created)",
    ),
    _furniture(
        "date of publication",
        rf"(?:le )?(?P<date>{_DATE})\.?",
        ("12 mai 2023", "Lundi 3 avril 2023 à 10h30", "2024-05-12"),
        ("Le 12 mai 2023, tout a changé.",),
        part="top",
        sign=r"\d|hui|hier",
    ),
    _furniture(
        "reading time",
        r"(?:(?:temps|durée) de lecture|lecture|reading time)[ :]{1,3}(?:env\w*\.? )?\d{1,3} ?(?:min|mn|minutes?)\.?(?: \d\d)?|"
        r"\d{1,3} ?(?:min|mn|minutes?)\.? (?:de lecture|read)",
        ("Temps de lecture : 3 min", "4 min de lecture", "Lecture 5 min."),
        ("Cinq minutes de lecture par jour suffisent.",),
    ),
    _furniture(
        "photo credit",
        r"(?:©(?! ?\d{4})[^.!?©]{2,80}|\(?(?:crédits?|photos?|image|images|illustrations?|photographies?|visuel|dessin)(?: (?:photos?|image|d'illustration|d'archives?))?"
        r"(?: ?[:©/] ?| par )[^.!?]{2,100}|(?:photo|image) d'(?:illustration|archives?)\.?|\(?photo(?:s)? [A-Z]{2,8}\b[^.!?]{0,60})\)?\.?",
        (
            "Photo : Jean Dupont / AFP",
            "Crédit photo : Ville de Lyon",
            "© Jean Dupont / Hans Lucas",
            "Photo d’illustration",
        ),
        ("La photo a été prise en 1944 par Robert Capa.", "Photo après photo, elle raconte la ville."),
    ),
    _furniture(
        "copyright line",
        r"(?:©|\(c\)|copyright)(?: ?©)? ?(?:\d{4}(?: ?[-–] ?\d{4})? ?)(?P<publisher>[^.,|©–]{2,60})?.{0,120}|"
        r"(?:©|copyright) ?(?P<owner>[^.,|©/–-]{2,40}) \d{4}\.?|"
        r"(?:tous droits (?:de reproduction|réservés)|toute reproduction|reproduction (?:interdite|totale)|all rights reserved).{0,200}",
        ("© 2023 AFP", "Copyright 2024 Le Courrier du Val. Tous droits réservés.", "Tous droits réservés."),
        ("Tous les droits des salariés seront garantis, promet le ministre.",),
        sign=r"©|\(c\)|copyright|droits|reproduction|rights",
    ),
    _furniture(
        "photo caption with its credit",
        rf"(?=.{{0,300}}(?:©|\((?:photo|crédit)|{_AGENCY})).{{0,260}}?"
        rf"(?: ?©(?! ?\d{{4}})[^.!?©]{{2,60}}|/ ?{_AGENCY}(?:/[\w .-]{{2,40}})?\)?|\((?:photo|crédit)[^()]{{2,60}}\))\.?",
        (
            "Le maire de Lyon lors des vœux. © Paul Durand / Ville de Lyon",
            "Des manifestants à Lille. (Photo : Marie Petit)",
            "Le stade, mardi. Franck Fife / AFP",
        ),
        (
            "Il a déclaré à l’AFP que tout allait bien.",
            "Le verdict est attendu lundi (avec AFP).",
            "L’accord a été signé mardi (la photo a fait le tour du monde) à Paris.",
        ),
        part="above",
    ),
    _furniture(
        "licence",
        r"(?:(?:cet article|ce texte|ce contenu|texte|article) (?:\w+ ){0,3}(?:est )?(?:publié|diffusé|mis à disposition|republié|disponible|distribué)s? .{0,120}?"
        r"(?:sous|selon|under) (?:la |les termes de la )?licen[cs]e |licen[cs]e[ :]{1,3}|under (?:a |the )?)"
        r"(?P<licence>(?:creative commons|cc|cc0|licence ouverte|etalab|public domain|domaine public|ouverte)(?:[\w /-]|\.(?=\d)){0,60})\.?[^«»]{0,80}",
        ("Cet article est publié sous licence Creative Commons BY-SA 4.0.", "Licence : CC BY 4.0"),
        ("Le club a obtenu sa licence de la fédération.",),
    ),
    _furniture(
        "agency code",
        r"(?-i:[a-z]{2,5}(?:[-/][a-z0-9]{1,5}){1,5}(?<=[\d/][a-z0-9])|[a-z]{2,5}-[a-z]{2,5}-\d{1,4}|[a-z]{2,6}(?:-[a-z]{2,6})?/[a-z]{2,6}(?:/[a-z]{2,6}){0,4})",
        ("ttn-fr-56", "abc-def/ghi/jkl", "mdr/clt"),
        ("peut-être", "quelqu’un"),
        part="bottom",
    ),
    _furniture(
        "reporting credit",
        r"\(?(?:reportage(?:s)? (?:supplémentaires?|complémentaires?|additionnels?|réalisés?)?|propos recueillis|entretien réalisé|(?:article )?traduit(?: de l'\w+)?|"
        r"traduction|version française|rédigé|édité|avec (?:la contribution|l'aide|la collaboration)|additional reporting|reporting|editing|translated|"
        rf"infographies?|enquête|texte|vidéo)(?: ?: ?| (?:de|par|by|from) ){_PERSON}(?:[ ,;&].{{0,120}})?",
        (
            "Reportage supplémentaire de Max Seddon à Riga",
            "Propos recueillis par Anne Martin",
            "Additional reporting by John Smith",
        ),
        ("Le reportage de la chaîne a ému le pays.", "Traduit par ses soins, le poème circule."),
    ),
    _furniture(
        "byline",
        rf"(?:article |texte |écrit |rédigé |written )?(?:par|by|auteur ?:|auteure ?:|author ?:|signé) ?:? ?(?P<author>{_PEOPLE}|(?:la )?rédaction(?: \w+){{0,4}})"
        rf"(?:[ ,|·•–-]{{1,3}}(?:(?:avec|with) {_OUTLET}|(?:notre )?(?:correspondant|envoyée? spéciale?|journaliste)e?[^.!?]{{0,60}}|le {_DATE}|{_DATE}|à [^.!?]{{2,40}}|"
        r"publié[^.!?]{0,80}))?\.?",
        (
            "Par Jean Dupont",
            "Par Marie Curie et Paul Langevin, le 12 mai 2023",
            "By John Smith",
            "Par la rédaction",
        ),
        (
            "Par ailleurs, le budget augmente.",
            "Par Toutatis !",
            "Par Jupiter, le ciel est tombé sur la ville.",
        ),
        sign=r"\A(?:article |texte |écrit |rédigé |written )?(?:par|by|auteur|author|signé)",
    ),
    _furniture(
        "byline",
        r"(?:de )?(?:notre|nos) (?:correspondante?s?|envoyée?s? spéciale?s?|journalistes?)\b[^.!?]{0,80}|correspondance(?: particulière)?(?: à [^.!?]{2,30})?",
        ("De notre correspondant à Tokyo", "Notre envoyée spéciale à Kiev, Anne Martin"),
        ("De notre correspondance, il ne reste rien.",),
    ),
    _furniture(
        "signature",
        r"(?P<author>(?-i:[A-ZÀ-ÖØ-Þ][a-zà-ÿ][\w'’-]{0,25}(?: [A-ZÀ-ÖØ-Þ][\w'’.-]{0,25}){1,2}))|(?-i:(?:[A-Z]\.[ -]?){2,4}|[A-Z]{2,3}(?:/[A-Z]{2,6}){1,3})",
        ("Jean Dupont", "M. D.", "AFP/VNA"),
        ("C’est tout !", "Paris."),
        part="last",
    ),
    _furniture(
        "newsletter or subscription advert",
        r"(?=[^«»“”]*$)(?:(?:je m'|s'|m'|déjà )?(?:abonnez|inscrivez|recevez|retrouvez|découvrez|rejoignez|soutenez|profitez|abonne|inscri[st]|abonné|testez|téléchargez|"
        r"activez|sign up|subscribe|get|join|support|download|become)(?:-vous|er|re)?\b|chaque (?:matin|soir|jour|semaine|vendredi)|tous les (?:matins|soirs|jours)|"
        r"(?:la |notre |nos |our )?newsletters?\b|ne (?:manquez|ratez)).{0,240}\b(?:newsletters?|infolettres?|abonn\w+|(?:nos|notre|une|l') ?offres?|notre application|appli(?:cation)? mobile|"
        r"boîte (?:mail|e-mail|aux lettres électronique|de réception)|inbox|e-mails?|alertes?|notifications|essai|sans engagement|gratuitement|our app|"
        rf"chaîne {_NETWORK}|membre|journalisme indépendant|independent journalism).{{0,120}}",
        (
            "Inscrivez-vous à notre newsletter",
            "Abonnez-vous à partir de 1 € par mois, sans engagement",
            "Chaque matin, l’essentiel dans votre boîte mail",
            "Subscribe to our newsletter",
        ),
        ("Le Monde a perdu 3 000 abonnés.", "La newsletter de la mairie est lue par 4 000 habitants."),
        sign=r"newsletter|infolettre|abonn|offre|appli|boîte|inbox|e-mail|alerte|notification|essai|sans engagement|gratuitement|our app|chaîne|membre|journalism",
    ),
    _furniture(
        "newsletter or subscription advert",
        r"(?:(?:la |notre |nos |our )?newsletters?|infolettre|s'abonner|je m'abonne|s'inscrire|je m'inscris|abonnez-vous|offres? d'abonnement|subscribe|sign up|faire un don)[ !.:]{0,3}",
        ("Newsletter", "Je m’abonne", "S’inscrire"),
    ),
    _furniture(
        "share buttons",
        r"(?=.*(?:partage|facebook|twitter|whats ?app|share|imprimer|copier|écouter|tweet))(?:(?>partage[rz]?(?: (?:cet |l')article)?|sur|par|share(?: this(?: article)?)?|on|via|tweeter|"
        rf"imprimer|envoyer|copier le lien|lien copié|enregistrer|commenter|écouter(?: l'article)?|print|copy link|save|et|\d{{1,5}}|{_NETWORK})[ ,|/·•:+&!.-]{{0,3}}){{1,24}}",
        (
            "Partager",
            "Partager sur Facebook Twitter WhatsApp",
            "Share this article",
            "Imprimer | Envoyer par e-mail",
        ),
        ("Partager un repas, c’est aussi partager une histoire.",),
        sign=r"partage|facebook|twitter|whats ?app|share|imprimer|copier|écouter|tweet",
    ),
    _furniture(
        "cookie banner",
        r"(?=[^«»“”]*$)(?:(?:nous utilisons|ce site utilise|notre site utilise|avec nos partenaires|nous et nos partenaires|en poursuivant (?:votre|la) navigation|"
        r"votre (?:confidentialité|vie privée)|we use|this (?:site|website) uses|by continuing).{0,200}(?:cookies?|traceurs|partenaires|confidentialité|privacy)\b"
        r".{0,60}(?:\bvo(?:us|s|tre)\b|accept|améliorer|mesurer|personnalis|audience|expérience|experience|\byou).{0,160}|"
        r"(?:tout )?(?:accepter|refuser)(?: (?:et (?:continuer|fermer)|les cookies|tout))?|continuer sans accepter|(?:gérer|paramétrer)(?: (?:mes|les|vos) (?:cookies|choix|préférences))?|"
        r"accept(?: all)?(?: cookies)?|(?:politique|charte) (?:de confidentialité|(?:relative aux|des) cookies))\.?",
        (
            "Nous utilisons des cookies pour améliorer votre expérience.",
            "Tout accepter",
            "Continuer sans accepter",
        ),
        (
            "Les cookies seront interdits par défaut, a décidé la Cnil.",
            "La Cnil contrôle les sites qui utilisent des cookies.",
        ),
    ),
    _furniture(
        "navigation",
        r"(?:accueil|home|vous êtes ici) ?(?:[>›»/|:→] ?[^.!?]{1,200})|[^.!?>›→]{2,40}(?: ?[>›→] ?[^.!?>›→]{2,60}){2,6}",
        ("Accueil > Société > Santé", "Accueil / Sport", "France › Bretagne › Rennes"),
        ("Accueil des réfugiés : ce qui change.",),
    ),
    _furniture(
        "navigation",
        r"(?:(?>menu|recherche[rz]?|connexion|se connecter|mon compte|inscription|haut de page|retour (?:en haut|à l'accueil|à la liste)|aller au contenu(?: principal)?|fermer|ouvrir|suivante?|"
        r"précédente?|articles? (?:suivant|précédent)s?|page d'accueil|accueil|contact(?:ez-nous)?|mentions légales|plan du site|cgu|cgv|"
        r"lire la suite|lire plus|voir plus|en savoir plus|lire l'article|afficher plus|read more|skip to content|back to top|login|à la une|les plus lus|le direct|en direct)[ |/·•:>»←→….-]{0,4}){1,10}",
        ("Menu", "Aller au contenu principal", "Lire la suite…", "Accueil | Contact | Mentions légales"),
        ("Le menu des cantines sera végétarien.",),
    ),
    _furniture(
        "paywall",
        r"il vous reste [\d.,]{1,5} ?% de (?:cet |l')article.{0,100}|(?:cet |l')?(?:article|contenu) (?:\w+ ){0,3}(?:est )?(?:réservée?|payant)s? ?(?:(?:aux|à nos) abonnée?s)?.{0,40}|"
        r"la suite (?:de (?:cet |l')article )?est réservée.{0,80}|réservé (?:aux|à nos) abonnés\.?|(?:pour lire la suite|pour accéder à l'article).{0,120}|"
        r"(?:déjà abonné|vous êtes abonné|already a subscriber) ?\??.{0,80}|this (?:article|content) is (?:reserved )?for (?:subscribers|members).{0,80}|premium|abonnés?",
        (
            "Il vous reste 75 % de cet article à lire. La suite est réservée aux abonnés.",
            "Cet article est réservé aux abonnés.",
            "Déjà abonné ? Connectez-vous",
        ),
        ("Le parking est réservé aux abonnés de la SNCF.", "Les abonnés du club devront patienter."),
    ),
    _furniture(
        "advert",
        r"(?:\W{0,3}(?:publicité|advertisement|annonces?|sponsorisé|contenu (?:sponsorisé|partenaire)|la suite après (?:la|cette) (?:publicité|pub)|(?:article|l'article) continue après la publicité|"
        r"sponsored(?: content)?|story continues below(?: advertisement)?|scroll to continue)\W{0,3}){1,3}",
        ("Publicité", "La suite après la publicité", "Advertisement - scroll to continue"),
        ("La publicité pour le tabac est interdite.",),
    ),
    _furniture(
        "social prompt",
        rf"(?=[^«»“”]*$)(?:(?:suivez|retrouvez|rejoignez|likez|follow|ajoutez|find)(?:[- ](?:nous|us|vous))?\b.{{0,120}}\b{_NETWORK}\b.{{0,60}}|réagissez.{{0,80}}|donnez(?:-nous)? votre avis.{{0,60}}|"
        r"(?:et vous|qu'en pensez-vous).{0,80}(?:commentaires?|avis).{0,40}|(?:une|vous avez (?:repéré|constaté) une|signaler une) (?:erreur|faute|coquille).{0,80}|cet article vous a (?:plu|intéressé).{0,60}|"
        r"(?:vous avez|avez-vous) (?:une information|été témoin).{0,160}|(?:écrivez|contactez)-nous.{0,80}|laissez(?:-nous)? un commentaire.{0,60})",
        (
            "Suivez-nous sur Facebook et Twitter",
            "Retrouvez toute l’actualité sur notre page Facebook",
            "Vous avez repéré une erreur ? Signalez-la",
            "Cet article vous a plu ?",
        ),
        ("Suivez les recommandations du médecin.",),
        sign=r"suivez|retrouvez|rejoignez|likez|follow|ajoutez|find|réagissez|donnez|et vous|qu'en pensez|erreur|faute|coquille|cet article vous|vous avez|avez-vous|écrivez|contactez|laissez",
    ),
    _furniture(
        "tags",
        r"(?:tags?|mots[- ]clés|thèmes?|thématiques?|sujets? associés?|rubriques?|catégories?|topics|filed under) ?:.{1,200}|#\w{2,40}(?:[ ,]{1,2}#\w{2,40}){0,15}",
        ("Tags : santé, hôpital, urgences", "Mots-clés : budget, impôts", "#climat #énergie"),
        ("Les mots-clés de la rentrée sont l’eau et l’énergie.",),
    ),
    _furniture(
        "video or audio player",
        r"(?:(?:re)?voir|regarder|écouter|à voir|à écouter|watch|listen)(?: (?:la|notre|cette|le|ce|the|to the))? (?:vidéo|reportage|podcast|extrait|replay|video)(?: (?:de|du|des|d'|ci-dessous|ci-dessus|ici|complète?|sur|en|of)\b[^.!?,]{0,70})?[.!?]?|"
        r"(?:vidéo|podcast|diaporama|en images|écouter l'article|lecture automatique)[ :.]{0,3}",
        ("Voir la vidéo", "Écouter le podcast de la rédaction", "Vidéo"),
        ("Voir la vidéo a bouleversé les proches de la victime, selon leur avocat.",),
    ),
    _furniture(
        "source line",
        rf"\(?(?:sources?|via|d'après|crédit|origine|relayé par|rapporté par|from)(?: ?: ?| )(?P<publisher>{_OUTLET}(?:(?:, | et | / ){_OUTLET}){{0,3}})\)?\.?",
        ("Source : AFP", "Sources : Reuters, Le Monde", "Via Ouest-France"),
        ("Source de tensions, le projet divise.", "D’après Météo-France, il pleuvra demain."),
        part="bottom",
        sign=r"source|via|d'après|crédit|origine|relayé|rapporté|from",
    ),
    _furniture(
        "agency credit",
        rf"[(\[]?(?:avec|with|par|d'après|©)? ?(?P<publisher>{_AGENCY}(?:(?:, | et |/| & ){_AGENCY}){{0,3}})[)\]]?\.?|\(?avec (?:agences?|les agences)\)?\.?|"
        rf"(?P<author>{_PERSON}) ?[(,] ?(?:avec|with) (?P<owner>{_OUTLET})\)?",
        ("(avec AFP)", "AFP", "Avec Reuters et AFP", "Jean Dupont (avec AFP)", "(avec agences)"),
        ("Avec elle, tout change.",),
    ),
    _furniture(
        "contact or legal line",
        r"(?:contact (?:presse|rédaction)|tél(?:éphone)?|courriel|e-mail) ?:.{2,120}|(?:mentions légales|conditions générales).{0,100}|isbn.{0,40}|issn.{0,40}",
        ("Contact presse : 01 02 03 04 05",),
        ("Le contact est rompu entre les deux camps.",),
        part="bottom",
    ),
    _furniture(
        "dateline",
        rf"(?:(?P<place>(?-i:[A-ZÀ-ÖØ-Þ])[\w'’-]{{1,25}}(?: (?-i:[A-ZÀ-ÖØ-Þ]|d[eu]|l[ae]s?|sur|en)[\w'’-]{{0,20}}){{0,4}}(?:, (?-i:[A-ZÀ-ÖØ-Þ])[\w' -]{{2,25}})?)(?:,? (?:le )?(?P<date>{_DATE}))? ?)?"
        rf"(?:\((?P<publisher>{_AGENCY}(?:[/, -]{{1,2}}{_AGENCY})?)\)|(?P<owner>{_AGENCY})) ?[–—-] ?",
        (
            "Washington (AFP) – Le président a parlé.",
            "PARIS, 12 mai (Reuters) - Le ministre part.",
            "Kiev, Ukraine (AP) — Des drones volent.",
        ),
        ("Washington (capitale fédérale) a voté.",),
        edge="start",
        part="top",
    ),
    _furniture(
        "dateline",
        r"(?P<place>(?-i:[A-ZÀ-ÖØ-Þ]{3,20}(?:[ '’-][A-ZÀ-ÖØ-Þ]{2,20}){0,4}))"
        rf"(?:,? (?:le )?(?P<date>{_DATE}))? ?(?:\([^()]{{2,30}}\) ?)?[–—-] (?=(?-i:[A-ZÀ-ÖØ-Þ«“\"]))",
        ("JAKARTA - Le secrétaire général part.", "SAINT-DENIS, le 3 mai – Les élus votent."),
        ("Le PSG - L’OM : le choc.",),
        edge="start",
        part="top",
        sign=r"[–—-] ",
    ),
    _furniture(
        "dateline",
        rf"(?P<place>(?-i:[A-ZÀ-ÖØ-Þ])[\w'’-]{{2,25}}(?: (?-i:[A-ZÀ-ÖØ-Þ]|d[eu]|l[ae]s?|sur)[\w'’-]{{0,20}}){{0,3}}),? (?:le )?(?P<date>{_DATE}) ?[–—-] (?=(?-i:[A-ZÀ-ÖØ-Þ«“\"]))",
        ("Genève, le 3 mai 2024 – La Banque centrale agit.",),
        edge="start",
        part="top",
        sign=r"[–—-] ",
    ),
    _furniture(
        "source at the end",
        rf"(?:(?<=[.!?…»”\"]) {{0,3}}|(?<=[.!?…»”\"][»”\"]) {{0,3}})(?:\(?(?:rapporte|source ?:|sources ?:|source(?= ?(?:AFP|Reuters|AP|Belga|ATS)\b)|via|(?:©|copyright) ?\d{{4}})[ :]{{0,2}}(?P<publisher>{_OUTLET}(?:(?:, | et | / ){_OUTLET}){{0,3}})"
        rf"|\((?:avec |with |source ?:? ?)?(?P<owner>{_AGENCY}(?:(?:, | et |/){_AGENCY}){{0,3}}|agences)\)|[–-] (?P<wire>{_AGENCY}))\)?\.?$",
        (
            "L’année a été bonne. Rapporte BFMTV",
            "Il a plu. (avec AFP)",
            "Il a plu. © 2023 AFP",
            "La hausse est nette. Source : Insee",
        ),
        ("Rien ne va plus, rapporte BFMTV.",),
        edge="end",
        part="bottom",
    ),
)

READ_ALSO = re.compile(
    r"\W{0,4}(?:à |a )?(?:(?:lire|voir|écouter|regarder|read|see|découvrir)(?: ?(?:,|/|et|ou) ?(?:lire|voir|écouter|regarder|revoir))? ?(?:aussi|également|encore|also|more)|sur le même (?:sujet|thème)|"
    r"dans la même (?:rubrique|catégorie)|articles? (?:liés?|similaires?|connexes?|associés?|recommandés?)|(?:nos )?derniers articles|à ne pas manquer|pour aller plus loin|"
    r"related(?: (?:articles?|stories|posts?|content))?|more on this(?: story)?|recommended|(?:les )?(?:articles )?(?:les )?plus lus|à découvrir|notre dossier|vous aimerez aussi|(?:relire|(?:re)?lire notre \w+))"
    r"(?P<colon> ?[:>–-]?)(?P<rest>.{0,260})",
    re.IGNORECASE,
)
"""A box with links to other articles: its label, alone or with a headline behind a colon."""

COMMENTS = re.compile(
    r"(?:\d{1,5} (?:commentaires?|réactions?|comments?)|(?:commentaires?|réactions?|comments?) ?\(\d{1,5}\)|(?:vos |les |tous les )?commentaires|vos réactions|"
    r"(?:laisser|ajouter|poster|écrire|publier) un commentaire|leave a (?:comment|reply)|comments|soyez le premier à (?:commenter|réagir).{0,20})[ :.]{0,3}",
    re.IGNORECASE,
)
"""The head of the readers' comments; all after it is theirs."""
