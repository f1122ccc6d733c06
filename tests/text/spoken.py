"""Eleven short articles with the speaker of each quotation, in reading order, as a careful reader gives it.

None stands for a quotation that nobody is said to speak: a title, a word held at arm's length.
"""

ARTICLES: dict[str, tuple[str, tuple[str | None, ...]]] = {}

ARTICLES["sport"] = (
    """Battu samedi soir à Lens (2-1), le Stade rennais a manqué l’occasion de remonter sur le podium. « On a fait une première période indigne de notre niveau », a pesté l’entraîneur breton Julien Stéphan, qui avait pourtant aligné son équipe type.
Menés dès la 12e minute, les Rennais ont attendu l’heure de jeu pour réagir. « Il a fallu qu’on se dise les choses à la mi-temps », raconte le capitaine Benjamin Bourigeaud. « Après, on a vu un autre visage. »
Dans le camp d’en face, on savourait. « Trois points, c’est trois points », sourit Franck Haise, le coach lensois. Selon lui, son équipe a « su souffrir ensemble ».
Le gardien Brice Samba, auteur de sept arrêts, préfère rester prudent : « La saison est encore longue, il reste onze matchs. »
« Je ne regarde pas le classement », évacue de son côté l’attaquant polonais Przemyslaw Frankowski. Prochain rendez-vous dimanche contre Nice.
L’arbitre de la rencontre, Stéphanie Frappart, n’a pas souhaité s’exprimer. La Ligue, elle, a promis d’étudier « dans les meilleurs délais » la réclamation déposée par le club.""",
    (
        "Julien Stéphan", "Benjamin Bourigeaud", "Benjamin Bourigeaud", "Franck Haise", "Franck Haise", "Brice Samba",
        "Przemyslaw Frankowski", "la Ligue",
    ),
)  # fmt: skip

ARTICLES["santé"] = (
    """Les urgences de l’hôpital de Saint-Brieuc fermeront la nuit à partir du 1er juillet. Une décision « douloureuse mais nécessaire », justifie la direction de l’établissement dans un communiqué publié lundi.
« Nous n’avons plus que quatre médecins sur les onze postes prévus », explique la docteure Anne Le Goff, cheffe du service. Elle évoque une équipe « à bout de souffle », et redoute des départs à l’automne.
Du côté des syndicats, la colère monte. « On met en danger la population », dénonce Pascal Morvan, délégué CGT. D’après lui, 30 000 habitants se retrouveront à plus de 45 minutes d’un service ouvert.
« Ce n’est pas en fermant la nuit qu’on attirera des médecins », abonde une infirmière, qui préfère garder l’anonymat.
L’agence régionale de santé assure que la mesure est temporaire. « Dès que les effectifs le permettront, le service rouvrira », a-t-elle indiqué mardi.
Le programme « Urgences solidaires », lancé en 2023, devait pourtant éviter de telles fermetures.
Interrogée sur France Bleu, la ministre de la Santé a reconnu « une situation difficile », tout en rappelant que « des renforts » étaient prévus pour l’été.""",
    (
        "la direction de l’établissement", "Anne Le Goff", "Anne Le Goff", "Pascal Morvan", "une infirmière",
        "l’agence régionale de santé", None, "la ministre de la Santé", "la ministre de la Santé",
    ),
)  # fmt: skip

ARTICLES["politique locale"] = (
    """Le conseil municipal de Vannes a adopté jeudi soir, par 32 voix contre 13, le budget primitif 2024. Un budget « de combat », selon le maire David Robo (Horizons).
« Nous tenons nos engagements : pas de hausse des impôts », s’est félicité l’élu, avant de céder la parole à son adjointe aux finances.
« La dette par habitant baisse de 4 % », a détaillé Christine Penhouët. « C’est le fruit de cinq années d’efforts », a-t-elle poursuivi.
L’opposition n’a pas été convaincue. Franck Poirier, chef de file de la gauche, a dénoncé « un budget d’affichage ». « Où sont les logements promis ? », a-t-il lancé au maire.
Réponse de l’intéressé : « Ils sortiront de terre avant 2026. »
Pour Simon Uzenat, conseiller d’opposition, « la majorité se moque du monde ». Le sénateur a quitté la salle avant le vote.
Dans le public, une habitante du quartier de Ménimur soupirait : « On attend depuis dix ans. » Son voisin, lui, n’y croit plus. « Ce sont toujours les mêmes promesses. »
Le projet de centre aquatique, baptisé « Les Vagues », sera présenté en mai.""",
    (
        "David Robo", "David Robo", "Christine Penhouët", "Christine Penhouët", "Franck Poirier", "Franck Poirier",
        "David Robo", "Simon Uzenat", "une habitante du quartier de Ménimur", "son voisin", None,
    ),
)  # fmt: skip

ARTICLES["culture"] = (
    """Avec « Les Heures claires », son quatrième film, Jeanne Herry signe une chronique familiale tendre et drôle. “Je voulais filmer des gens qui se parlent mal”, confie la cinéaste, rencontrée à Paris.
Le tournage a duré sept semaines dans le Jura. “C’était un hiver glacial, on dormait dans un ancien sanatorium”, se souvient Élodie Bouchez, qui tient le rôle principal. L’actrice parle d’une expérience “fondatrice”.
Son partenaire, Gilles Lellouche, ne dit pas autre chose : “Jeanne vous pousse là où vous n’iriez pas seul.”
La critique est partagée. “Un bijou”, s’enthousiasme Télérama, quand Le Figaro regrette “un scénario cousu de fil blanc”.
“Les distributeurs avaient peur du sujet”, glisse le producteur Alain Attal. Le film, doté d’un budget de 6,2 millions d’euros, sortira le 14 février sur 350 écrans.
“J’ai pensé à ma mère pendant chaque scène. Elle n’a jamais su dire je t’aime”, ajoute Jeanne Herry, émue.
Une exposition, « Le cinéma des silences », accompagnera la sortie à la Cinémathèque.""",
    (
        None, "Jeanne Herry", "Élodie Bouchez", "Élodie Bouchez", "Gilles Lellouche", "Télérama", "Le Figaro",
        "Alain Attal", "Jeanne Herry", None,
    ),
)  # fmt: skip

ARTICLES["procès"] = (
    """"Je ne suis pas un assassin." Debout dans le box, Michel Garnier, 54 ans, a répété mercredi devant la cour d'assises de la Gironde qu'il n'avait "jamais voulu tuer" son associé, en mars 2021.
L'ancien restaurateur est accusé d'avoir empoisonné Philippe Delmas, 49 ans, retrouvé mort à son domicile de Libourne. "Nous étions comme des frères", a-t-il juré, la voix tremblante.
"Vous aviez pourtant souscrit une assurance de 800 000 euros sur sa tête", lui a fait remarquer la présidente, Hélène Marchand.
L'accusé a baissé les yeux. "C'était une idée de mon comptable."
À la barre, la veuve de la victime a décrit un homme "manipulateur", "capable de tout". "Il venait dîner chez nous tous les dimanches", a soufflé Nathalie Delmas.
L'expert psychiatre a conclu à une personnalité "narcissique". "Il n'y a pas d'altération du discernement", a-t-il précisé.
"Le dossier est vide", martèle Me Antoine Vasseur, avocat de la défense. L'avocate générale, elle, n'est pas de cet avis : "Tout l'accable." Verdict attendu vendredi.""",
    (
        "Michel Garnier", "Michel Garnier", "Michel Garnier", "Hélène Marchand", "Michel Garnier",
        "Nathalie Delmas", "Nathalie Delmas", "Nathalie Delmas", "l'expert psychiatre", "l'expert psychiatre",
        "Antoine Vasseur", "l'avocate générale",
    ),
)  # fmt: skip

ARTICLES["entretien"] = (
    """À 42 ans, la navigatrice Clarisse Crémer s’apprête à repartir pour un tour du monde en solitaire. « J’ai appris à apprivoiser la peur », dit-elle en souriant.
Dans son hangar de Lorient, une dizaine de techniciens s’affairent autour du bateau. « Il reste 600 heures de travail », calcule son directeur technique, Yann Rivoal.
La skippeuse, mère d’une petite fille de deux ans, avait perdu son sponsor en 2023. « On m’a fait comprendre que j’étais un risque. » Elle marque une pause. « Ça m’a rendue plus forte. »
Son nouveau partenaire a mis 4,5 millions d’euros sur la table. « Nous croyons en elle », résume Alex Thomson, devenu manager de l’équipe. L’ancien marin gallois souligne combien « son histoire dépasse le sport ».
« Partir, c’est aussi revenir », aime à répéter Clarisse Crémer, citant sa grand-mère.
Sur les pontons, les admirateurs sont nombreux. « Elle est inspirante », s’exclame Lucie, 12 ans, venue de Quimper avec son père. « On suivra la course tous les soirs », promet ce dernier.""",
    (
        "Clarisse Crémer", "Yann Rivoal", "Clarisse Crémer", "Clarisse Crémer", "Alex Thomson", "Alex Thomson",
        "Clarisse Crémer", "Lucie", None,
    ),
)  # fmt: skip

ARTICLES["économie"] = (
    """Le constructeur automobile Stellantis supprimera 1 900 postes en France d’ici 2027, a annoncé mercredi son directeur général Carlos Tavares. « Nous devons regarder la réalité en face », a-t-il plaidé devant la presse.
« C’est une trahison », a réagi dans la foulée la secrétaire générale de la CGT, Sophie Binet, appelant les salariés à « une mobilisation massive ».
Le gouvernement, par la voix de son porte-parole, a demandé « des garanties écrites ». À Bercy, on se dit « attentif ».
Selon une étude de l’institut Xerfi publiée mardi, la filière pourrait perdre « entre 40 000 et 60 000 emplois ». Les analystes, eux, s’attendaient à « un plan plus sévère encore ».
« Le marché a reculé de 3,2 % en un an », rappelle l’économiste Marc Touati, pour qui « le pire est à venir ».
« Notre usine n’a pas dit son dernier mot ! » À Mulhouse, Karim Benali, 38 ans, veut y croire. Le soudeur a vu passer quatre plans sociaux. « On s’en est toujours relevés. »
Invité de RTL, le ministre de l’Économie Bruno Le Maire a estimé que l’entreprise avait « les moyens de faire autrement » et qu’elle devait « le prouver ».""",
    (
        "Carlos Tavares", "Sophie Binet", "Sophie Binet", "le gouvernement", None,
        "une étude de l’institut Xerfi", "les analystes", "Marc Touati", "Marc Touati", "Karim Benali", "Karim Benali",
        "Bruno Le Maire", "Bruno Le Maire",
    ),
)  # fmt: skip

ARTICLES["science"] = (
    """Une équipe franco-japonaise vient d’observer le plus lointain trou noir connu. L’objet, situé à 13,2 milliards d’années-lumière, « remet en cause nos modèles de formation des galaxies », affirment les auteurs de l’étude parue dans la revue Nature.
« Nous avons d’abord cru à une erreur », reconnaît l’astrophysicienne Françoise Combes, du Collège de France, qui n’a pas participé aux travaux. Il aura fallu huit mois de vérifications.
Pour son confrère David Elbaz, il s’agit d’« un tournant ». « James-Webb nous oblige à tout réécrire », résume-t-il.
Certains restent sceptiques. « Il faudra d’autres observations », tempère Avi Loeb, professeur à Harvard, selon qui « la prudence s’impose ».
L’Agence spatiale européenne a salué une découverte « majeure ».""",
    (
        "les auteurs de l’étude", "Françoise Combes", "David Elbaz", "David Elbaz", "Avi Loeb", "Avi Loeb",
        "l’Agence spatiale européenne",
    ),
)  # fmt: skip

ARTICLES["école"] = (
    """Le ministre de l'Éducation nationale, Pap Ndiaye, a présenté mardi "un plan d'urgence" pour le recrutement des professeurs. "Aucune classe ne sera sans enseignant à la rentrée", a-t-il promis devant les recteurs.
Les syndicats n'y croient guère. Le Snes-FSU dénonce "une opération de communication". "On nous refait le coup chaque année", s'agace sa secrétaire générale, Sophie Vénétitay, interrogée par l'AFP.
"Les candidats ne viennent plus", constate Rémi, professeur de mathématiques à Roubaix. "À 2 000 euros par mois, qui voudrait s'installer en ville ?"
Le rapport de la Cour des comptes évoquait déjà en février "une crise d'attractivité".
Mme Vénétitay rappelle que 1 315 postes n'ont pas été pourvus en 2023. "Le ministre fait semblant de découvrir le problème", a-t-elle ajouté.
Contacté, le rectorat de Lille n'a pas donné suite. "Nous communiquerons en temps voulu", s'est borné à indiquer son service de presse.""",
    (
        "Pap Ndiaye", "Pap Ndiaye", "le Snes-FSU", "Sophie Vénétitay", "Rémi", "Rémi",
        "le rapport de la Cour des comptes", "Sophie Vénétitay", "son service de presse",
    ),
)  # fmt: skip

ARTICLES["fait divers"] = (
    """« J’ai entendu une énorme explosion, les vitres ont tremblé », témoigne encore sous le choc Monique, 71 ans, qui habite l’immeuble d’en face. Il était 6 h 40, jeudi, quand un pavillon de la rue des Lilas s’est effondré à Bondy, faisant deux blessés.
« Les secours sont arrivés en moins de dix minutes », se félicite le maire, Stephen Hervé. Le premier magistrat de la commune a annoncé l’ouverture d’un gymnase pour reloger « au moins vingt personnes ».
D’après les premiers éléments de l’enquête, l’hypothèse d’une fuite de gaz est « privilégiée », a fait savoir le parquet de Bobigny. « Aucune piste n’est écartée », a toutefois insisté une source proche du dossier.
Les habitants, eux, réclament des réponses. « On avait signalé l’odeur il y a trois semaines », s’emporte Karim, père de trois enfants. « Personne n’est venu. »
GRDF, sollicité, assure que « toutes les interventions ont été réalisées dans les règles ».""",
    (
        "Monique", "Stephen Hervé", "le premier magistrat de la commune", "le parquet de Bobigny",
        "une source proche du dossier", "Karim", "Karim", "GRDF",
    ),
)  # fmt: skip

ARTICLES["monde"] = (
    """Le président brésilien Luiz Inacio Lula da Silva a appelé dimanche les pays riches à « tenir parole » sur le climat. « Sans argent, il n’y aura pas d’accord », a prévenu le chef de l’État à son arrivée à Belém.
Son homologue colombien, Gustavo Petro, est allé plus loin, jugeant « criminelle » la poursuite des forages. Washington a fait part de sa « déception ».
« Nous entendons ces critiques », a répondu l’émissaire américain John Kerry lors d’une conférence de presse. L’ancien secrétaire d’État a cependant averti qu’il n’y aurait « aucun chèque en blanc ».
Marina Silva, la ministre brésilienne de l’Environnement, s’est dite « confiante ». Elle a souligné que la déforestation avait reculé « de 42 % en sept mois ».
Dans les rues de Belém, des milliers de manifestants ont scandé « L’Amazonie n’est pas à vendre ».
Pour Greenpeace, le texte en discussion est « une coquille vide ».""",
    (
        "Luiz Inacio Lula da Silva", "Luiz Inacio Lula da Silva", "Gustavo Petro", "Washington", "John Kerry",
        "John Kerry", "Marina Silva", "Marina Silva", "des milliers de manifestants", "Greenpeace",
    ),
)  # fmt: skip
