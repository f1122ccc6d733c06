"""First names, titles, roles and the first words of organisations: what tells a person from a place.

The lists are samples of open classes. What they miss is decided by the words around a name.
"""

MEN = frozenset(
    "Adam Adrien Ahmed Alain Alan Albert Alex Alexandre Alexander Alexei Alexis Ali Amadou Amine André Andrew Andreas "
    "Andriy Angel Anthony Antoine Antonio Antony António Arnaud Arthur Aurélien Axel Ayoub Baptiste Barack Bastien "
    "Benjamin Benoît Bernard Bertrand Bill Bilal Bob Boris Brad Brian Brice Bruno Carl Carlos Cédric Charles Chris "
    "Christian Christophe Christopher Claude Clément Cyril Cyrille Damien Daniel Dani David Denis Denys Didier "
    "Dmitri Dmytro Donald Doug Edgar Édouard Edouard Edward Élie Elon Émile Emmanuel Emmanuele Enzo Éric Eric Erik "
    "Ernest Étienne Evan Fabien Fabrice Farid Felipe Félix Fernand Fernando Florent Florian Francesco Francis "
    "Franck François Frank Fred Frédéric Friedrich Gabriel Gaël Gaétan Gaston Geoffroy George Georges Gérald Gérard "
    "Gilbert Gilles Giorgio Giovanni Giuseppe Grégoire Grégory Guillaume Gustave Guy Hakeem Hamza Hans Harry Hassan "
    "Henri Henry Hervé Hubert Hugo Hugues Ibrahim Igor Ilya Isaac Ismaël Ivan Jack Jacques Jake James Jamal Jan Jean "
    "Jean-Baptiste Jean-Charles Jean-Claude Jean-François Jean-Jacques Jean-Louis Jean-Luc Jean-Marc Jean-Marie "
    "Jean-Michel Jean-Noël Jean-Paul Jean-Philippe Jean-Pierre Jean-Yves Jeff Jens Jérémie Jérémy Jérôme Jim Joachim "
    "Joe Joël John Jonathan Jordan Jorge José Joseph Josh Juan Jules Julien Justin Kamel Karim Karl Keir Ken Kévin "
    "Kevin Khaled Kim Kylian Larry Laurent Lee Léo Léon Lionel Lloyd Loïc Louis Luc Luca Lucas Luis Luiz Maël Malik "
    "Mamadou Manuel Marc Marcel Marco Mario Mark Martin Mathieu Mathis Matt Matteo Matthew Matthieu Maurice Max "
    "Maxence Maxime Mehdi Michael Michaël Michel Mickaël Miguel Mike Mikhaïl Mitch Mohamed Mohammed Moussa Mustapha "
    "Narendra Nasser Nathan Nicolas Noah Noël Olaf Oleksandr Oleksiy Oleksii Oliver Olivier Omar Oscar Pablo "
    "Pascal Patrice Patrick Paul Pavel Pedro Peter Philip Philippe Pierre Quentin Rachid Raphaël Raymond Rayan "
    "Recep Régis Rémi Rémy Renaud René Ricardo Richard Robert Roberto Robin Rodolphe Rodrigue Roger Roland Romain "
    "Roman Ron Ronald Ryan Sacha Salim Sam Samir Samuel Scott Sébastien Sergueï Sergio Serge Shinzo Simon Stanislas "
    "Stéphane Stephen Steve Steven Sylvain Tayyip Théo Théophile Thibault Thibaut Thierry Thomas Tim Timothée Tom "
    "Tony Tristan Ugo Valentin Valéry Vincent Viktor Victor Vitali Vladimir Volodymyr Walter William Xavier Xi "
    "Yacine Yann Yannick Yanis Yassine Youssef Yves Yvon Zinédine".split()
)
WOMEN = frozenset(
    "Adèle Agathe Agnès Aïcha Alexandra Alice Alicia Aline Alix Amandine Amélie Amina Ana Anaïs Andréa Angela Angèle "
    "Anna Annalena Anne Anne-Marie Anne-Sophie Annick Annie Ariane Astrid Audrey Aurélie Aurore Barbara Béatrice "
    "Bénédicte Bernadette Brigitte Camille Carine Carla Carole Caroline Catherine Cécile Céline Chantal Charlotte "
    "Chloé Christelle Christiane Christine Claire Clara Clarisse Clémence Clémentine Colette Coralie Corinne Danielle "
    "Daphné Déborah Delphine Diane Djamila Édith Élisabeth Elisabeth Élise Élodie Éléonore Elena Éliane Elizabeth "
    "Ella Émilie Emma Emmanuelle Estelle Esther Eugénie Eva Évelyne Fabienne Fanny Fatima Fatou Fatoumata Faustine "
    "Flavie Flora Florence Françoise Frédérique Gabrielle Geneviève Ghislaine Gisèle Giorgia Hélène "
    "Hillary Inès Ingrid Irène Isabelle Jacqueline Jade Jane Janet Janine Jeanne Jennifer Jessica Joëlle Josiane "
    "Joséphine Judith Julia Julie Juliette Justine Kaja Kamala Karine Karen Katia Khadija Lara Laura Laure Laurence "
    "Laurène Léa Leïla Léna Léonie Liliane Lina Lisa Liz Louise Lucie Lucille Lydia Lydie Madeleine Magali Maëlle "
    "Manon Margaret Margaux Margot Marguerite Maria Marianne Marie Marie-Claude Marie-Christine Marie-France "
    "Marie-Laure Marie-Thérèse Marina Marine Marion Marta Martine Mary Maryse Mathilde Maud Mélanie Mélissa "
    "Melinda Michelle Mireille Mira Monique Morgane Muriel Myriam Nadège Nadia Nadine Nancy Natacha Nathalie "
    "Nicole Nina Noémie Nora Océane Odile Olga Olivia Pascale Patricia Paula Paule Pauline Peggy Rachel "
    "Rachida Raphaëlle Régine Renée Rima Roberta Rosa Rose Roselyne Roxane Sabine Sabrina Salomé Samia Sandra Sandrine "
    "Sanna Sara Sarah Ségolène Séverine Simone Solange Solène Sonia Sophie Soraya Stéphanie Suzanne Svetlana Sylvie "
    "Tatiana Thérèse Ursula Valentine Valérie Vanessa Véronique Victoria Viola Violette Virginie Viviane Yasmine "
    "Yvette Yvonne Zoé".split()
)
FIRST_NAMES = MEN | WOMEN
# First names that may begin a sentence as another word, or as a surname put first.
ALSO_WORDS = frozenset(
    "Pierre Rose Claire Marine Aurore Constance Clémence Blanche Reine Ange Violette Marguerite Jade Max Mark Jean Flora "
    "Victoria Angel Olive Martin Noël Kim Lee Xi Marion Sam Tom Tim Ken Bob Bill Maria Rosa Mira Manon".split()
)

CIVIL = frozenset(
    "m. mm. mme mmes mlle me dr pr mgr m mr mr. monsieur madame maître docteur professeur sir lord".split()
)
FREE_PARTICLES = frozenset("von van der den ter bin ben ibn al el da di dos del della".split())
"""Particles that stand in no French phrase, and so always join two parts of a name."""

_ROLES_BOTH = (
    "ministre maire juge porte-parole secrétaire chef architecte artiste athlète capitaine cinéaste collègue "
    "commissaire comptable dentiste diplomate dirigeant élève éditorialiste économiste fonctionnaire gendarme "
    "astronome huissier kinésithérapeute guide interprète journaliste juriste libraire linguiste locataire membre militaire notaire otage parlementaire "
    "pédiatre peintre pilote poète politologue sociologue historien propriétaire psychiatre psychologue scientifique "
    "sénateur spécialiste responsable témoin universitaire vétérinaire virologue biologiste climatologue géographe "
    "infectiologue cardiologue chirurgien généticien épidémiologiste neurologue oncologue bénévole riverain "
    "auteur-compositeur vigneron entraîneur sélectionneur attaquant défenseur gardien milieu buteur arbitre "
    "agent joueur champion coureur cycliste footballeur nageur skieur pongiste"
)
_ROLES_MEN = (
    "associé coéquipier président vice-président premier-ministre directeur directeur-général sous-directeur recteur préfet sous-préfet procureur avocat "
    "conseiller député sénateur délégué adjoint secrétaire-général patron entrepreneur fondateur cofondateur gérant "
    "roi prince pape évêque archevêque cardinal curé prêtre imam rabbin général colonel commandant lieutenant amiral "
    "maréchal sergent brigadier policier médecin docteur professeur enseignant instituteur chercheur infirmier "
    "pharmacien aide-soignant patient habitant voisin riverain agriculteur éleveur maraîcher pêcheur boulanger "
    "cuisinier restaurateur commerçant artisan ouvrier salarié employé syndicaliste étudiant lycéen collégien père "
    "fils frère oncle grand-père mari époux homme garçon écrivain auteur romancier réalisateur acteur comédien "
    "chanteur musicien compositeur danseur chorégraphe metteur producteur éditeur conservateur commissaire "
    "coordinateur animateur éducateur analyste expert consultant ingénieur technicien développeur gouverneur "
    "chancelier ambassadeur envoyé négociateur opposant candidat militant élu représentant dirigeant accusé prévenu "
    "plaignant suspect victime rescapé survivant pompier sapeur-pompier magistrat greffier enquêteur inspecteur "
    "attaché trésorier banquier investisseur actionnaire numéro retraité chauffeur conducteur marin pêcheur skipper "
    "entraîneur sportif capitaine attaquant international magnat milliardaire star leader numéro-un lieutenant-colonel"
)
_ROLES_WOMEN = (
    "associée coéquipière présidente vice-présidente directrice rectrice préfète sous-préfète procureure avocate conseillère députée "
    "sénatrice déléguée adjointe patronne entrepreneuse fondatrice cofondatrice gérante reine princesse générale "
    "colonelle commandante policière médecin professeure enseignante institutrice chercheuse infirmière pharmacienne "
    "aide-soignante patiente habitante voisine riveraine agricultrice éleveuse maraîchère boulangère cuisinière "
    "restauratrice commerçante artisane ouvrière salariée employée étudiante lycéenne collégienne mère fille sœur "
    "tante grand-mère femme épouse écrivaine autrice auteure romancière réalisatrice actrice comédienne chanteuse "
    "musicienne compositrice danseuse metteuse productrice éditrice conservatrice coordinatrice animatrice éducatrice "
    "experte consultante ingénieure technicienne gouverneure chancelière ambassadrice envoyée négociatrice opposante "
    "candidate militante élue représentante dirigeante accusée prévenue plaignante victime rescapée survivante "
    "magistrate enquêtrice inspectrice attachée trésorière retraitée conductrice sportive joueuse entraîneuse "
    "entraîneure championne nageuse skieuse gardienne attaquante historienne chirurgienne présentatrice "
    "gouvernante directrice-générale maîtresse navigatrice"
)
ROLES_WOMEN = frozenset(_ROLES_WOMEN.split())
ROLES = frozenset((_ROLES_BOTH + " " + _ROLES_MEN).split()) | ROLES_WOMEN
# Endings of nouns for people (`basketteuse`, `cardiologue`), and nouns that only look like them.
ROLE_ENDINGS = ("iste", "ologue", "iatre", "eur", "eure", "trice", "euse", "cien", "cienne", "crate", "naire")
NO_ROLES = frozenset(
    "heure demeure autoroute meilleure majeure mineure antérieure supérieure inférieure intérieure extérieure ultérieure "
    "postérieure liste piste triste dialogue catalogue matrice cicatrice quotidien heureuse nombreuse sérieuse dangereuse "
    "précieuse curieuse généreuse furieuse malheureuse religieuse mystérieuse luxueuse coûteuse douteuse honteuse "
    "ampleur ardeur ascenseur aspirateur accélérateur blancheur bonheur candeur capteur chaleur chœur clameur cœur "
    "compteur congélateur couleur curseur dénominateur détecteur douceur douleur erreur extérieur faveur "
    "facteur ferveur fleur fraîcheur fureur générateur grandeur hauteur honneur horreur humeur indicateur inférieur "
    "intérieur laideur langueur largeur lenteur leur liqueur longueur lueur majeur malheur meilleur mineur minceur "
    "moteur noirceur odeur ordinateur peur postérieur antérieur ultérieur primeur processeur profondeur projecteur "
    "pudeur radiateur raideur réacteur réfrigérateur régulateur rigueur rondeur rumeur saveur secteur simulateur "
    "splendeur stupeur sueur supérieur tracteur transformateur tumeur valeur vapeur vecteur ventilateur vigueur "
    "questionnaire dictionnaire imaginaire ordinaire extraordinaire scénaire "
    "séminaire originaire binaire disciplinaire lunaire ailleurs plusieurs".split()
)
# Offices come into a text unnamed (`le procureur`); other roles with `le` stand for somebody just named.
OFFICES = frozenset(
    "procureur procureure avocat avocate maire ministre président présidente juge préfet préfète directeur directrice "
    "médecin porte-parole patron patronne expert experte psychiatre commissaire gardien gardienne entraîneur "
    "entraîneure arbitre capitaine chef gouverneur gouverneure chancelier chancelière roi reine pape évêque secrétaire "
    "conseiller conseillère témoin accusation constructeur fabricant opérateur responsable victime adjoint adjointe "
    "sélectionneur greffier greffière policier policière gendarme enquêteur enquêtrice éditeur producteur".split()
)

# Organisations that speak as a person does.
COLLECTIVES = frozenset(
    "gouvernement ministère préfecture mairie parquet police gendarmerie armée syndicat association collectif groupe "
    "entreprise société direction parti opposition commission comité conseil tribunal cour agence institut "
    "organisation fédération ligue club présidence diplomatie chancellerie rectorat diocèse université hôpital "
    "banque autorité autorités ong exécutif état-major défense accusation famille chaîne quotidien journal magazine "
    "hebdomadaire rapport étude communiqué document texte enquête sondage juridiction magistrature équipe rédaction "
    "fondation coalition alliance majorité constructeur groupe opérateur fabricant métropole région département "
    "municipalité intersyndicale".split()
)
ORGANISATION_HEADS = frozenset(
    "Académie Agence Alliance Amicale Armée Assemblée Association Assises Autorité Banque Bibliothèque Bourse Brigade "
    "Bureau Caisse Centre Centrale Chambre Cinémathèque Club Collectif Collège Comité Commission Communauté "
    "Compagnie Confédération Confrérie Congrès Conseil Cour Croix-Rouge Département Direction École Entente "
    "Fédération Fondation Fonds Front Garde Gendarmerie Groupe Groupement Haut-Commissariat Haute Haut Institut Inspection Laboratoire "
    "Ligue Lycée Maison Mairie Ministère Mouvement Musée Observatoire Office Olympique Opéra Ordre Organisation Orchestre Palais "
    "Parlement Parti Police Préfecture Rassemblement Racing Régie Renaissance Secours Sénat Service Société Stade Syndicat Théâtre "
    "Tribunal Union Université Rectorat Sécurité Défenseur".split()
)
ORGANISATIONS = frozenset(
    "Pentagone Kremlin Élysée Matignon Bercy Congrès Sénat Otan Nato Onu Unesco Unicef Fifa Uefa Insee Reuters "
    "Google Amazon Apple Microsoft Facebook Meta Twitter Netflix Airbus Boeing Renault Peugeot Stellantis "
    "TotalEnergies Carrefour Michelin Danone Sanofi Bouygues Orange Veolia Interpol Europol Hamas Hezbollah Mossad "
    "Libération Mediapart Bloomberg Maison-Blanche Eurostat Télérama Figaro Parisien Greenpeace Oxfam Amnesty Medef Bundestag Knesset "
    "Commission Parlement Alliance État Assemblée Insee Anses Inserm Météo-France".split()
)


def is_role(word: str) -> bool:
    """A lower-case noun for a person by what they do or are."""
    return (
        word in ROLES
        or word.removesuffix("s") in ROLES
        or (word.endswith(ROLE_ENDINGS) and word not in NO_ROLES)
    )
