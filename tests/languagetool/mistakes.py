"""Twice eleven mistakes, chosen before anything was measured: right words of a reference piece, and wrong ones."""

PLANTED = {
    "000_7fd1b95d1a6cabb8": (
        ("demeure difficile sur", "demeure difficiles sur"),
        ("de l’Otan accroissent leur", "de l’Otan accroît leur"),
        ("en a parlé ce mois-ci", "en à parlé ce mois-ci"),
        ("Les industriels voient", "Les industriels voit"),
        ("ont ajouté à leur budget", "on ajouté à leur budget"),
        ("Il pourra les faire", "Il pourras les faire"),
        ("lui a été accordé pour", "lui a été accordée pour"),
        ("ne parvient à réunir", "ne parvient a réunir"),
        ("Ces messages s’adresseront", "Ces message s’adresseront"),
        ("Ils cherchent aussi", "Ils cherche aussi"),
        ("d’énormes investissements", "d’énorme investissements"),
    ),
    "002_44b7f2dba8646b0b": (
        ("a ordonné d’envahir", "a ordonner d’envahir"),
        ("se sont montrés optimistes", "se sont montré optimistes"),
        ("une nouvelle enveloppe", "une nouveau enveloppe"),
        ("Ses propos donnent une idée", "Ses propos donne une idée"),
        ("Il s’est vite emparé", "Il c’est vite emparé"),
        ("Il a cité le renforcement", "Il à cité le renforcement"),
        ("s’engagent à se défendre", "s’engagent a se défendre"),
        ("et que ce sera une priorité", "et que se sera une priorité"),
        ("Elle doit aussi", "Elle doivent aussi"),
        ("ses infrastructures critiques.", "ses infrastructures critique."),
        ("qu’ils ont longuement", "qu’ils on longuement"),
    ),
}


def plant(text, pairs):
    """The text with all its mistakes, and where each stands."""
    for right, wrong in pairs:
        assert text.count(right) == 1, right
        text = text.replace(right, wrong)
    return text, [(text.index(wrong), text.index(wrong) + len(wrong)) for _, wrong in pairs]
